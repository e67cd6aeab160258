-- What would move if a person decided a doubt about names: the signed, asserted ties of the lesser of the two, and the sum of their
-- confidence. A name in one document counts with its ties there; a name in a merge brings all ties of the actor it is, in a split only its own.
WITH signed AS (
    SELECT document, unnest([source_name, target_name]) AS name, confidence
    FROM ties
    WHERE status = 'asserted' AND polarity <> '0' AND id NOT IN (SELECT tie FROM wrong_ties)
),
by_name AS (
    SELECT document, name, count(*) AS moves, sum(confidence) AS weight FROM signed GROUP BY ALL
),
by_actor AS (
    SELECT member.actor, sum(moves) AS moves, sum(weight) AS weight
    FROM by_name
    JOIN actor_members AS member USING (document, name)
    GROUP BY member.actor
),
asked AS (
    SELECT rowid AS doubt, kind, unnest(subjects) AS subject FROM doubts
),
parted AS (
    SELECT
        doubt,
        kind,
        subject,
        CASE WHEN regexp_full_match(subject, '.* @ [0-9a-f]{64}') THEN subject[:-68] ELSE subject END AS name,
        CASE WHEN regexp_full_match(subject, '.* @ [0-9a-f]{64}') THEN subject[-64:] END AS document
    FROM asked
),
own AS (
    SELECT parted.doubt, parted.subject, sum(by_name.moves) AS moves, sum(by_name.weight) AS weight
    FROM parted
    JOIN by_name ON by_name.name = parted.name AND (parted.document IS NULL OR by_name.document = parted.document)
    GROUP BY ALL
),
bearer AS (
    SELECT parted.doubt, parted.subject, max(by_actor.moves) AS moves, max(by_actor.weight) AS weight
    FROM parted
    JOIN (SELECT DISTINCT actor, name FROM actor_members) AS member ON member.name = parted.name
    JOIN by_actor ON by_actor.actor = member.actor
    WHERE parted.kind = 'merge' AND parted.document IS NULL
    GROUP BY ALL
)
SELECT
    doubts.kind,
    doubts.subjects,
    doubts.score,
    doubts.reason,
    min(coalesce(bearer.moves, own.moves, 0))::INTEGER AS moves,
    min(coalesce(bearer.weight, own.weight, 0)) AS weight
FROM parted
JOIN doubts ON doubts.rowid = parted.doubt
LEFT JOIN own ON own.doubt = parted.doubt AND own.subject = parted.subject
LEFT JOIN bearer ON bearer.doubt = parted.doubt AND bearer.subject = parted.subject
GROUP BY parted.doubt, doubts.kind, doubts.subjects, doubts.score, doubts.reason
ORDER BY ALL;
