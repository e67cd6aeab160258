-- The evidence of the stale documents, made anew from ties, actors and stories.
INSERT INTO evidence
SELECT
    ties.id AS tie,
    ties.document,
    CAST(least(one.number, other.number) AS BIGINT) << 31 | greatest(one.number, other.number) AS pair,
    one.number AS source,
    other.number AS target,
    ties.mutual,
    ties.type,
    ties.polarity,
    ties.status,
    CASE
        WHEN ties.voice = 'author' THEN 'author'
        WHEN speaker.actor = source.actor THEN 'source'
        WHEN speaker.actor = target.actor THEN 'target'
        ELSE 'other'
    END AS word,
    ties.when_start AS since,
    CASE WHEN list_contains($standing, ties.type) AND NOT contains(ties.when_text, '/') THEN NULL ELSE ties.when_end END AS until,
    documents.published,
    stories.origin,
    ties.confidence,
    regexp_matches(lower(ties.quote), $law) AS legal
FROM ties
SEMI JOIN stale ON stale.document = ties.document
JOIN documents ON documents.id = ties.document
JOIN stories ON stories.document = ties.document
JOIN actor_members AS source ON source.document = ties.document AND source.name = ties.source_name
JOIN actor_numbers AS one ON one.id = source.actor
JOIN actor_members AS target ON target.document = ties.document AND target.name = ties.target_name
JOIN actor_numbers AS other ON other.id = target.actor
LEFT JOIN actor_members AS speaker ON speaker.document = ties.document AND speaker.name = ties.voice
WHERE source.actor <> target.actor
ORDER BY pair
