"""The OpenAPI document of the API: what the framework writes, and what a stranger needs beside it.

The framework lets rooms overwrite each other's schemas of one name, and knows neither who may ask nor what an error
looks like. Here bodies are described together, so that names stay apart; what an operation answers is read from the
annotation of its function; and every operation says its least role and the one form of all errors.

The framework never looks at what is sent to an operation that takes nothing; here that is refused too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from functools import cached_property
from typing import Any, ClassVar, get_type_hints

from django.http.response import HttpResponseBase
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.params.models import BodyModel
from ninja.router import BoundRouter
from pydantic import TypeAdapter

from seci.accounts.rest import SAFE, Schema

ROLES_HELD_BY_FOLDERS = {"seci", "rest", "views", "queries"}
ERROR: dict[str, Any] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "sentence"],
            "properties": {
                "code": {"type": "string", "description": "Stays as it is; for programs."},
                "sentence": {"type": "string", "description": "What, where, how to mend; for people."},
                "details": {
                    "type": "array",
                    "description": "Every field that is wrong, where it stood in the request (`loc`).",
                    "items": {"type": "object"},
                },
            },
        }
    },
}
REFUSED = (
    "One sentence under `error`. 400 the body is no JSON; 401 nobody is signed in; 403 not for this account; 404 not "
    "there, or not for these eyes; 409 somebody or something got there first; 422 the request says what cannot be."
)


class Nothing(BodyModel):
    """The body of an operation that takes no field: none, or `{}`. Its function is handed nothing of it."""

    __ninja_param_source__ = "body"  # type: ignore[assignment]
    __ninja_flatten_map_reverse__: ClassVar[dict[Any, Any]] = {}
    __read_from_single_attr__ = "form"
    form: Schema = Schema()

    def __iter__(self) -> Generator[tuple[str, Any], None, None]:
        yield from ()


class Api(NinjaAPI):
    """The framework's API with the whole document."""

    def _get_bound_routers(self) -> Any:
        bound = super()._get_bound_routers()
        for operation in operations_in(bound):
            if SAFE.isdisjoint(operation.methods) and body_of(operation) is None:
                operation.models = [*operation.models, Nothing]
        return bound

    def get_openapi_schema(self, **options: Any) -> Any:
        return self.document

    @cached_property
    def document(self) -> Any:
        document = super().get_openapi_schema()
        operations = {one.operation_id or self.get_openapi_operation_id(one): one for one in operations_of(self)}
        described, names = schemas(operations)
        document["components"]["schemas"] = {**names, "Error": ERROR}
        document["components"]["responses"] = {"Refused": content(REFUSED, {"$ref": "#/components/schemas/Error"})}
        for methods in document["paths"].values():
            for told in methods.values():
                complete(told, operations[told["operationId"]], described)
        return document


def operations_of(api: NinjaAPI) -> Iterator[Operation]:
    return operations_in(api._get_bound_routers())


def operations_in(routers: Iterable[BoundRouter]) -> Iterator[Operation]:
    for router in routers:
        for view in router.path_operations.values():
            yield from view.operations


def schemas(operations: dict[str, Operation]) -> tuple[dict[Any, Any], dict[str, Any]]:
    """JSON Schema by (operation, "validation") of each body and (operation, "serialization") of each answer, and the
    named schemas that they share."""
    wanted: list[Any] = []
    for id_, operation in operations.items():
        body, answer = body_of(operation), answer_of(operation)
        wanted += [(id_, "validation", TypeAdapter(body))] if body is not None else []
        wanted += [(id_, "serialization", TypeAdapter(answer))] if answer is not None else []
    described, shared = TypeAdapter.json_schemas(wanted, ref_template="#/components/schemas/{model}")
    names = shared.get("$defs", {})
    brief = Counter(map(shortened, names))
    short = {name: shortened(name) if brief[shortened(name)] == 1 else name for name in names}
    return renamed(described, short), {short[name]: renamed(schema, short) for name, schema in names.items()}


def body_of(operation: Operation) -> Any:
    for model in operation.models:
        if model.__ninja_param_source__ == "body":
            (field,) = model.model_fields.values()
            return field.annotation
    return None


def answer_of(operation: Operation) -> Any:
    """What the function says it returns; None where it is a file or anything."""
    answer = get_type_hints(operation.view_func, include_extras=True).get("return", Any)
    is_file = isinstance(answer, type) and issubclass(answer, HttpResponseBase)
    return None if answer is Any or is_file else answer


def shortened(name: str) -> str:
    """`library_Words` for what is told apart as `seci__library__rest__Words`."""
    return "_".join(part for part in name.split("__") if part not in ROLES_HELD_BY_FOLDERS)


def renamed(schema: Any, short: dict[str, str]) -> Any:
    if isinstance(schema, dict):
        there = {key: renamed(value, short) for key, value in schema.items()}
        if isinstance(ref := there.get("$ref"), str):
            head, _, name = ref.rpartition("/")
            there["$ref"] = f"{head}/{short.get(name, name)}"
        return there
    return [renamed(one, short) for one in schema] if isinstance(schema, list) else schema


def complete(told: dict[str, Any], operation: Operation, described: dict[Any, Any]) -> None:
    (keeper,) = operation.auth_callbacks
    role = keeper.role  # type: ignore[attr-defined]
    told["security"] = [{"Signed": [role]}]
    told["description"] = " ".join(filter(None, [told.get("description"), f"Least role: {role}."]))
    id_ = told["operationId"]
    if (id_, "validation") in described:
        told["requestBody"] = {
            "required": body_of(operation) is not Schema,
            "content": {"application/json": {"schema": described[id_, "validation"]}},
        }
    if (id_, "serialization") in described:
        told["responses"][200] = content("What was asked for.", described[id_, "serialization"])
    told["responses"]["4XX"] = {"$ref": "#/components/responses/Refused"}


def content(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}
