
-- Derived: which story each document tells: copies share one, named by the smallest id among them. The signature is a MinHash of the text.
CREATE TABLE stories (
    document VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    signature UINTEGER[] NOT NULL
);

-- Derived: the bands of the signatures, by which copies are found.
CREATE TABLE story_bands (
    document VARCHAR NOT NULL,
    band BIGINT NOT NULL
);

-- Derived: a small number for every actor that a tie was ever found of.
CREATE TABLE actor_numbers (
    id VARCHAR NOT NULL,
    number INTEGER NOT NULL
);

-- Derived: the ties between two actors as stance weighs them, the actors by number. `pair` is a number of the two, whichever way; `word` is
-- on whose word it stands: "author", "source", "target" or "other"; `legal` is true where the quote speaks of the law. A standing tie has
-- an end (`until`) only where the text gives an interval: "allies in 2019" is no end.
CREATE TABLE evidence (
    tie VARCHAR NOT NULL,
    document VARCHAR NOT NULL,
    pair BIGINT NOT NULL,
    source INTEGER NOT NULL,
    target INTEGER NOT NULL,
    mutual BOOLEAN NOT NULL,
    type VARCHAR NOT NULL,
    polarity VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    word VARCHAR NOT NULL,
    since DATE,
    until DATE,
    published DATE,
    origin VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    legal BOOLEAN NOT NULL
);

CREATE INDEX evidence_pair ON evidence (pair);
