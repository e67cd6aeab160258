-- Every name of a document as one chain: its most frequent kind, its mentions, the other names its mentions bear, and whether any is a name.
WITH kinds AS (
    SELECT document, name, kind, count(*) AS mentions
    FROM mentions
    WHERE {where}
    GROUP BY document, name, kind
),
named AS (
    SELECT
        document,
        name,
        list_sort(list(DISTINCT text) FILTER (WHERE form = 'name' AND text <> name)) AS also,
        bool_and(form <> 'name') AND bool_or(text = name) AS described
    FROM mentions
    WHERE {where}
    GROUP BY document, name
)
SELECT
    kinds.document,
    kinds.name,
    first(kinds.kind ORDER BY kinds.mentions DESC, kinds.kind DESC) AS kind,
    CAST(sum(kinds.mentions) AS BIGINT) AS mentions,
    coalesce(any_value(named.also), []) AS also,
    any_value(named.described) AS described,
    any_value(documents.published) AS published
FROM kinds
JOIN named ON named.document = kinds.document AND named.name = kinds.name
LEFT JOIN documents ON documents.id = kinds.document
GROUP BY kinds.document, kinds.name
ORDER BY kinds.document, kinds.name
