-- A mention of each subject in each of its first documents, with the text around it. A subject is a name, a name in one document, the name
-- that an actor is shown by, or, with $by_actor, an actor's id; $known_by keeps what was published by then.
WITH wanted AS (
    SELECT DISTINCT
        subject,
        CASE WHEN regexp_full_match(subject, '.* @ [0-9a-f]{64}') THEN subject[:-68] ELSE subject END AS name,
        CASE WHEN regexp_full_match(subject, '.* @ [0-9a-f]{64}') THEN subject[-64:] END AS document
    FROM (SELECT unnest($subjects::VARCHAR[]) AS subject) AS given
),
bearing AS (
    SELECT wanted.subject, wanted.name, mentions.document, 0 AS remote
    FROM wanted
    JOIN (SELECT DISTINCT document, name FROM mentions) AS mentions
      ON NOT $by_actor AND mentions.name = wanted.name AND (wanted.document IS NULL OR mentions.document = wanted.document)
    UNION ALL
    SELECT wanted.subject, member.name, member.document, 1
    FROM wanted
    JOIN actors ON ($by_actor AND actors.id = wanted.name) OR (NOT $by_actor AND actors.name = wanted.name AND wanted.document IS NULL)
    JOIN actor_members AS member ON member.actor = actors.id
),
ranked AS (
    SELECT
        bearing.subject,
        bearing.remote,
        mentions.*,
        row_number() OVER (
            PARTITION BY bearing.subject, mentions.document
            ORDER BY bearing.remote, mentions.form <> 'name', mentions.text <> mentions.name, mentions.span_start, mentions.span_end
        ) AS place
    FROM bearing
    JOIN mentions ON mentions.document = bearing.document AND mentions.name = bearing.name
),
firsts AS (
    SELECT
        ranked.*,
        documents.name AS doc,
        documents.text AS whole,
        documents.published,
        documents.publisher,
        documents.url,
        row_number() OVER (
            PARTITION BY subject ORDER BY remote, form <> 'name', documents.published NULLS LAST, ranked.document
        ) AS turn
    FROM ranked
    JOIN documents ON documents.id = ranked.document
    WHERE place = 1 AND ($known_by::DATE IS NULL OR documents.published <= $known_by::DATE)
)
SELECT
    subject,
    document,
    doc,
    span_start,
    span_end,
    greatest(span_start - $reach, 0),
    substring(whole, greatest(span_start - $reach, 0) + 1, span_end + $reach - greatest(span_start - $reach, 0)),
    length(whole),
    published,
    publisher,
    url
FROM firsts
WHERE turn <= $most
ORDER BY subject, turn;
