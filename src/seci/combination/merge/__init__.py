"""The merge itself, on plain values: no database, no page, no clock. What each module offers:

source       Source (id, title, text, blocks, sentences, licence, revision, date, verified, guide, owner);
             read(id, title, text, *, licence, revision, date, verified, guide, owner) -> Source;
             Embed = Callable[[Sequence[str]], NDArray[float32]]; every `embed` below may be None;
             pages of one `guide` are never held against each other
alignment    sections(source) -> tuple[Section, ...] (key "source:place", heading, path, text, sentences);
             align(sources, embed) -> tuple[Topic, ...] (heading, sections, likeness)
outline      propose(topics) -> Outline (chapters: id, heading, sections by key);
             move(outline, section, chapter, at), reorder(outline, chapter, at), rename(outline, chapter, heading),
             add(outline, heading, at), join(outline, chapter, into), drop(outline, section): a new Outline each;
             packed(outline) -> plain data, unpacked(data) -> Outline
equivalents  equivalents(sources, embed) -> tuple[Equivalent, ...] (kept: Said, others: tuple[Said, ...]);
             Said (source, sentence = number in source.sentences, text)
conflicts    conflicts(sources, embed) -> tuple[Conflict, ...] best first (kind, a, b: Rule, why, score, fingerprint,
             context: "conflict" | "split")
rules        rules(source) -> tuple[Rule, ...]; rule(said, path) -> Rule | None
duplicates   duplicates(sources, embed) -> tuple[Duplicate, ...] (a, b: Section, shared, exact, rewritten)
drafting     draft(title, outline, sources, equivalents, decisions) -> Draft (text, traces): Markdown and, for each
             of its statements in order, what it rests on; Decision (a, b: Said, choice, when_a, when_b), Choice =
             "a" | "b" | "split" | "both" | "ask"
provenance   Trace (text, operation, cited: tuple[Citation, ...]); Citation (source, revision, block, start, end, text);
             statements(text) -> tuple[Statement, ...]: sentences, and code, tables and images as one each;
             of_source(source), cite(source, statement) -> Citation;
             packed(traces) -> plain data, unpacked(data) -> tuple[Trace, ...]
carrying     carried(text, traces before) -> tuple[Trace, ...]: the traces of a text after people edited it, one for
             each of statements(text)
proof        checked(text, traces, sources) -> tuple[Fault, ...]: statements whose citation does not hold; none means
             that it may be published
support      supported(sentence, cited texts) -> Support (ok, why)
change       affected(traces, old: Source, new: Source) -> tuple[Affected, ...] (place, trace, citation, change, now,
             cited_now): exactly the statements that come back; advanced(traces, old, new) -> traces that cite `new`
             where nothing changed
licences     licence(words) -> Licence (spdx, name, url, ...); outcome(sources, accept) -> Outcome (allowed, spdx,
             name, url, reasons)
attribution  attribution(title, sources, outcome, traces, addresses) -> Markdown of the attribution page
gaps         gaps(topics, sources, wanted, missing_links, unanswered, coverage) -> tuple[Gap, ...];
             matrix(pages, topics, roles) -> Matrix (topic × Diátaxis × role)
findings     fingerprint(kind, *texts) -> str; Finding (kind, fingerprint, texts, why); fresh(found, decided) -> those
             never decided
"""
