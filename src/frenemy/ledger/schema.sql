-- The ledger's tables. docs/ledger.md is generated from this file.
-- Rows of documents, mentions, ties, figures and judgements are only ever added; the actor tables are derived and rebuilt from them.
-- Three clocks: when_* is when it happened or held, published is when it was printed, recorded is when frenemy wrote it down (UTC).

-- What this file is, and up to where the derived tables reach.
CREATE TABLE meta (
    key VARCHAR PRIMARY KEY,
    value VARCHAR NOT NULL
);

-- One row a text. The id is the SHA-256 of the cleaned text, so the same text is the same document wherever it was found.
CREATE TABLE documents (
    id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    title VARCHAR,
    published DATE,
    retrieved TIMESTAMP,
    publisher VARCHAR,
    author VARCHAR,
    language VARCHAR,
    url VARCHAR,
    recorded TIMESTAMP NOT NULL
);

-- A stretch of a document that names an actor or stands for one; `name` is the fullest name the document gives it.
CREATE TABLE mentions (
    document VARCHAR NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    form VARCHAR NOT NULL
);

-- What one passage says stands, or happened, between two actors. The id is a hash of document, spans, type, polarity, status and mutual.
CREATE TABLE ties (
    id VARCHAR PRIMARY KEY,
    document VARCHAR NOT NULL,
    source_start INTEGER NOT NULL,
    source_end INTEGER NOT NULL,
    source_text VARCHAR NOT NULL,
    source_name VARCHAR NOT NULL,
    source_kind VARCHAR NOT NULL,
    source_form VARCHAR NOT NULL,
    target_start INTEGER NOT NULL,
    target_end INTEGER NOT NULL,
    target_text VARCHAR NOT NULL,
    target_name VARCHAR NOT NULL,
    target_kind VARCHAR NOT NULL,
    target_form VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    polarity VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    mutual BOOLEAN NOT NULL,
    voice VARCHAR NOT NULL,
    when_text VARCHAR,
    when_start DATE,
    when_end DATE,
    quote_start INTEGER NOT NULL,
    quote_end INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    reader VARCHAR NOT NULL,
    recorded TIMESTAMP NOT NULL
);

-- An amount about an actor.
CREATE TABLE figures (
    document VARCHAR NOT NULL,
    subject_start INTEGER NOT NULL,
    subject_end INTEGER NOT NULL,
    subject_text VARCHAR NOT NULL,
    subject_name VARCHAR NOT NULL,
    subject_kind VARCHAR NOT NULL,
    subject_form VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    amount DOUBLE NOT NULL,
    unit VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    when_text VARCHAR,
    quote_start INTEGER NOT NULL,
    quote_end INTEGER NOT NULL,
    quote VARCHAR NOT NULL,
    reader VARCHAR NOT NULL,
    recorded TIMESTAMP NOT NULL
);

-- A decision on identity or truth, never changed, only followed by another: "same" and "different" of two names, "right" and "wrong" of a
-- tie id, "promote" and "dismiss" of a name, "listed" and "unlisted" of a name, a watchlist and an entry. A later one on the same subjects
-- holds; confidence 0 lifts the earlier. `undoes` is the moment of the judgement that this one takes back.
CREATE TABLE judgements (
    kind VARCHAR NOT NULL,
    subjects VARCHAR[] NOT NULL,
    judged_by VARCHAR NOT NULL,
    judged_at TIMESTAMP NOT NULL,
    confidence DOUBLE NOT NULL,
    reason VARCHAR NOT NULL,
    undoes TIMESTAMP
);

-- A list of actors to watch was added, or removed (no version); never changed, only followed by another row of the same name.
CREATE TABLE watchlists (
    name VARCHAR NOT NULL,
    version VARCHAR,
    source VARCHAR NOT NULL,
    changed_by VARCHAR NOT NULL,
    recorded TIMESTAMP NOT NULL
);

-- The actors of a version of a watchlist; the version is a hash of all of them. `ids` are written scheme:value, such as wikidata:Q42.
CREATE TABLE watchlist_entries (
    version VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    aliases VARCHAR[] NOT NULL,
    weak VARCHAR[] NOT NULL,
    kind VARCHAR,
    ids VARCHAR[] NOT NULL
);

-- Derived: the actors as the judgements so far have it.
CREATE TABLE actors (
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    aliases VARCHAR[] NOT NULL
);

-- Derived: which actor a name means in a document.
-- `placed` is true where that was decided for this document alone ("Musk").
CREATE TABLE actor_members (
    actor VARCHAR NOT NULL,
    document VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    placed BOOLEAN NOT NULL
);

-- Derived: why names were joined to one actor: `name` to `joined_to`, by a rule or a person, with a score in [0, 1]; `document` where it was
-- decided for that document alone.
CREATE TABLE actor_reasons (
    actor VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    joined_to VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    document VARCHAR
);

-- Derived: names of documents that name nobody, and so are no actor's, with the reason.
CREATE TABLE quarantined (
    document VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

-- Derived: decisions that a person should look at: "merge", "split" or "quarantine" of the subjects (names, or "name @ document id"), with how
-- probable it is that they are the same, or an actor. `owner` is the name it was made for.
CREATE TABLE doubts (
    kind VARCHAR NOT NULL,
    subjects VARCHAR[] NOT NULL,
    score DOUBLE NOT NULL,
    reason VARCHAR NOT NULL,
    owner VARCHAR NOT NULL
);

-- Derived: what names have in common, by which those that a new document touches are found.
CREATE TABLE actor_keys (
    name VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    role VARCHAR NOT NULL
);

-- Derived: how many mentions and ties of each document the actors are made of.
CREATE TABLE derived_from (
    document VARCHAR NOT NULL,
    mentions BIGINT NOT NULL,
    ties BIGINT NOT NULL
);

-- The watchlists that stand: the last row of each name, unless it says that the list was removed.
CREATE VIEW standing_watchlists AS
SELECT name, version, source, changed_by, recorded
FROM (SELECT *, row_number() OVER (PARTITION BY name ORDER BY recorded DESC, version) AS age FROM watchlists) AS history
WHERE age = 1 AND version IS NOT NULL;

-- Derived: the keys under which the entries of a watchlist are looked up.
CREATE TABLE watchlist_keys (
    version VARCHAR NOT NULL,
    entry VARCHAR NOT NULL,
    key VARCHAR NOT NULL
);

-- Derived: which actors were looked up in which version of a watchlist; the mark is a hash of what they were looked up by.
CREATE TABLE watched_actors (
    actor VARCHAR NOT NULL,
    mark VARCHAR NOT NULL,
    version VARCHAR NOT NULL
);

-- Derived: the entries that an actor may be.
CREATE TABLE watch_candidates (
    actor VARCHAR NOT NULL,
    mark VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    entry VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    reason VARCHAR NOT NULL
);

-- Derived: what was made of each candidate: "listed", "unlisted" (by a person) or "doubt".
CREATE TABLE listings (
    actor VARCHAR NOT NULL,
    watchlist VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    entry VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    reason VARCHAR NOT NULL,
    standing VARCHAR NOT NULL,
    judged_by VARCHAR NOT NULL
);

-- The ties last judged wrong.
CREATE VIEW wrong_ties AS
SELECT subjects[1] AS tie
FROM judgements
WHERE kind IN ('right', 'wrong')
GROUP BY subjects[1]
HAVING arg_max(CASE kind WHEN 'wrong' THEN confidence ELSE 0 END, judged_at) > 0;

-- Ties with their documents and the actors they join, without those last judged wrong.
CREATE VIEW resolved_ties AS
SELECT
    ties.*,
    documents.name AS doc,
    documents.title,
    documents.published,
    documents.publisher,
    documents.author,
    documents.url,
    source.id AS source_id,
    source.name AS source_actor,
    target.id AS target_id,
    target.name AS target_actor,
    coalesce(speaker.name, ties.voice) AS voice_actor,
    coalesce(ties.when_start, ties.when_end, documents.published) AS since,
    coalesce(ties.when_end, documents.published, ties.when_start) AS until
FROM ties
JOIN documents ON documents.id = ties.document
JOIN actor_members AS source_member ON source_member.document = ties.document AND source_member.name = ties.source_name
JOIN actors AS source ON source.id = source_member.actor
JOIN actor_members AS target_member ON target_member.document = ties.document AND target_member.name = ties.target_name
JOIN actors AS target ON target.id = target_member.actor
LEFT JOIN actor_members AS speaker_member ON speaker_member.document = ties.document AND speaker_member.name = ties.voice
LEFT JOIN actors AS speaker ON speaker.id = speaker_member.actor
WHERE ties.id NOT IN (SELECT tie FROM wrong_ties);

-- Actors with how often they are mentioned, in how many documents, and in how many ties.
CREATE VIEW counted_actors AS
SELECT
    actors.*,
    coalesce(mentioned.mentions, 0) AS mentions,
    coalesce(mentioned.documents, 0) AS documents,
    coalesce(tied.ties, 0) AS ties
FROM actors
LEFT JOIN (
    SELECT actor_members.actor, count(*) AS mentions, count(DISTINCT actor_members.document) AS documents
    FROM actor_members
    JOIN mentions ON mentions.document = actor_members.document AND mentions.name = actor_members.name
    GROUP BY actor_members.actor
) AS mentioned ON mentioned.actor = actors.id
LEFT JOIN (
    SELECT actor, count(DISTINCT id) AS ties
    FROM (SELECT id, unnest([source_id, target_id]) AS actor FROM resolved_ties) AS ends
    GROUP BY actor
) AS tied ON tied.actor = actors.id;
