"""A language model of our own on a port of this machine: it speaks the real protocols and behaves as it is told.

    with Model() as model:
        model.replies(claims=[{"quote": "above five percent", "kind": "threshold", "text": "..."}])
        model.behaves("cut")
        ... http://127.0.0.1:<port>/v1 speaks OpenAI's chat completions (and Ollama's, which are the same),
            http://127.0.0.1:<port> speaks Anthropic's messages ...
        model.asked[-1]  # what it was sent, as parsed JSON

A reply is a dictionary, or a function from what was sent (the object of `language_model`) to one: a scripted partner.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, Self

Behavior = Literal[
    "well", "delayed", "trickling", "malformed", "cut", "unauthorized", "unknown", "busy", "broken", "refusing",
    "endless", "redirecting", "empty", "talking",
]  # fmt: skip
Reply = Mapping[str, Any] | Callable[[dict[str, Any]], Mapping[str, Any]]
STATUS: dict[str, tuple[int, str]] = {
    "unauthorized": (401, "authentication_error"),
    "unknown": (404, "not_found_error"),
    "busy": (429, "rate_limit_error"),
    "broken": (500, "api_error"),
}
PIECE = 40


class Model:
    """The server. `asked` holds the bodies of requests, `headers` theirs, newest last."""

    def __init__(self, delay: float = 30.0) -> None:
        self.behavior: Behavior = "well"
        self.reply: Reply = {}
        self.delay = delay
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.over = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        self.server.daemon_threads = True

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    @property
    def v1(self) -> str:
        return f"{self.root}/v1"

    def replies(self, **answer: Any) -> None:
        self.reply = answer

    def follows(self, script: Callable[[dict[str, Any]], Mapping[str, Any]]) -> None:
        """From now on every reply is what `script` makes of what was sent."""
        self.reply = script

    def behaves(self, behavior: Behavior) -> None:
        self.behavior = behavior

    def answer_to(self, body: dict[str, Any]) -> str:
        """The arguments of the answer, as JSON."""
        if self.behavior == "malformed":
            return '{"claims": [{"quote": '
        return json.dumps(self.reply(said(body)) if callable(self.reply) else self.reply)

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *failure: object) -> None:
        self.over.set()
        self.server.shutdown()
        self.server.server_close()


def said(body: dict[str, Any]) -> dict[str, Any]:
    """The object that our side sent as the user's message."""
    content = next(message for message in body["messages"] if message["role"] == "user")["content"]
    text = content if isinstance(content, str) else "".join(part.get("text", "") for part in content)
    found = json.loads(text)
    assert isinstance(found, dict)
    return found


def handler_of(model: Model) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: Any) -> None:
            """Quiet."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            model.asked.append(body)
            model.headers.append({name.lower(): value for name, value in self.headers.items()})
            try:
                self.behave(body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def behave(self, body: dict[str, Any]) -> None:
            if model.behavior in STATUS:
                return self.refuse(*STATUS[model.behavior])
            if model.behavior == "redirecting":
                return self.redirect()
            if model.behavior == "delayed":
                model.over.wait(model.delay)
            if self.path.endswith("/chat/completions"):
                return self.chat(body)
            if self.path.endswith("/messages"):
                return self.messages(body)
            return self.refuse(404, "not_found_error")

        def chat(self, body: dict[str, Any]) -> None:
            if not body.get("stream"):
                return self.whole(chat_completion(model, body))
            return self.stream(f"data: {json.dumps(each)}\n\n" for each in chat_chunks(model, body))

        def messages(self, body: dict[str, Any]) -> None:
            if not body.get("stream"):
                return self.whole(message(model, body))
            return self.stream(
                f"event: {each['type']}\ndata: {json.dumps(each)}\n\n" for each in message_events(model, body)
            )

        def stream(self, lines: Iterator[str]) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for number, line in enumerate(lines):
                if model.behavior == "cut" and number == 3:
                    # The line goes dead in the middle of an event.
                    self.chunk(line[: len(line) // 2])
                    self.connection.close()
                    self.close_connection = True
                    return
                if model.behavior == "trickling":
                    time.sleep(0.01)
                self.chunk(line)
            if self.path.endswith("/chat/completions"):
                self.chunk("data: [DONE]\n\n")
            self.wfile.write(b"0\r\n\r\n")

        def chunk(self, text: str) -> None:
            data = text.encode()
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
            self.wfile.flush()

        def whole(self, answer: dict[str, Any]) -> None:
            self.give(200, json.dumps(answer))

        def refuse(self, status: int, kind: str) -> None:
            error = {"type": kind, "message": f"This is {kind}.", "code": kind}
            self.give(status, json.dumps({"type": "error", "error": error}))

        def redirect(self) -> None:
            self.send_response(307)
            self.send_header("Location", f"{model.root}/elsewhere{self.path}")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def give(self, status: int, text: str) -> None:
            data = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    return Handler


def pieces(model: Model, body: dict[str, Any]) -> Iterator[str]:
    """The answer a piece at a time; without an end where told so."""
    text = model.answer_to(body)
    if model.behavior == "endless":
        yield '{"claims": [{"text": "'
        while not model.over.is_set():
            yield "on and on and " * 500
    for begin in range(0, len(text), PIECE):
        yield text[begin : begin + PIECE]


def uses_tools(model: Model, body: dict[str, Any]) -> bool:
    return bool(body.get("tools")) and model.behavior != "talking"


def chat_chunks(model: Model, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    def chunk(delta: dict[str, Any], finish: str | None = None, **more: Any) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return {
            "id": "c1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "own",
            "choices": [choice],
            **more,
        }

    yield chunk({"role": "assistant", "content": ""})
    if model.behavior == "empty":
        yield chunk({}, "stop")
        return
    if model.behavior == "refusing":
        yield chunk({"refusal": "I cannot help with that."})
        yield chunk({}, "content_filter")
        return
    if uses_tools(model, body):
        name = body["tools"][0]["function"]["name"]
        call: dict[str, Any] = {"index": 0, "id": "t1", "type": "function", "function": {"name": name, "arguments": ""}}
        yield chunk({"tool_calls": [call]})
        for piece in pieces(model, body):
            yield chunk({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]})
        yield chunk({}, "tool_calls")
    else:
        for piece in ["Here you are: "] if model.behavior == "talking" else pieces(model, body):
            yield chunk({"content": piece})
        yield chunk({}, "stop")
    yield chunk({}, None, usage={"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150}) | {"choices": []}


def chat_completion(model: Model, body: dict[str, Any]) -> dict[str, Any]:
    text = "".join(pieces(model, body))
    answer: dict[str, Any] = {"role": "assistant", "content": text}
    if uses_tools(model, body):
        name = body["tools"][0]["function"]["name"]
        call = {"id": "t1", "type": "function", "function": {"name": name, "arguments": text}}
        answer = {"role": "assistant", "content": None, "tool_calls": [call]}
    choice = {"index": 0, "message": answer, "finish_reason": "stop"}
    usage = {"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150}
    return {"id": "c1", "object": "chat.completion", "created": 1, "model": "own", "choices": [choice], "usage": usage}


def message_events(model: Model, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    head = message(model, body) | {"content": [], "stop_reason": None}
    yield {"type": "message_start", "message": head}
    if model.behavior in {"refusing", "empty"}:
        reason = "refusal" if model.behavior == "refusing" else "end_turn"
        yield {"type": "message_delta", "delta": {"stop_reason": reason}, "usage": {"output_tokens": 1}}
        yield {"type": "message_stop"}
        return
    tools = uses_tools(model, body)
    block: dict[str, Any] = {"type": "text", "text": ""}
    if tools:
        block = {"type": "tool_use", "id": "t1", "name": body["tools"][0]["name"], "input": {}}
    yield {"type": "content_block_start", "index": 0, "content_block": block}
    for piece in pieces(model, body):
        delta = {"type": "input_json_delta", "partial_json": piece} if tools else {"type": "text_delta", "text": piece}
        yield {"type": "content_block_delta", "index": 0, "delta": delta}
    yield {"type": "content_block_stop", "index": 0}
    reason = "tool_use" if tools else "end_turn"
    yield {"type": "message_delta", "delta": {"stop_reason": reason}, "usage": {"output_tokens": 30}}
    yield {"type": "message_stop"}


def message(model: Model, body: dict[str, Any]) -> dict[str, Any]:
    content: list[dict[str, Any]] = []
    if not body.get("stream"):
        text = "".join(pieces(model, body))
        content = [{"type": "text", "text": text}]
        if uses_tools(model, body):
            name = body["tools"][0]["name"]
            content = [{"type": "tool_use", "id": "t1", "name": name, "input": json.loads(text)}]
    usage = {"input_tokens": 120, "output_tokens": 30}
    return {
        "id": "m1", "type": "message", "role": "assistant", "model": "own", "content": content,
        "stop_reason": "tool_use", "stop_sequence": None, "usage": usage,
    }  # fmt: skip
