-- Evidence in numbers: actors by their number, words by their place in the vocabulary, days since 1970.
SELECT
    {tie} AS tie,
    source,
    target,
    mutual,
    list_position($types, type) - 1 AS type,
    CASE polarity WHEN '+' THEN 1 WHEN '-' THEN -1 ELSE 0 END AS sign,
    list_position($statuses, status) - 1 AS status,
    list_position($words, word) - 1 AS word,
    coalesce(since - DATE '1970-01-01', $unknown) AS since,
    coalesce(until - DATE '1970-01-01', $unknown) AS until,
    coalesce(published - DATE '1970-01-01', $unknown) AS published,
    CAST(hash(origin) >> 1 AS BIGINT) AS origin,
    confidence,
    legal
FROM evidence
WHERE {where}
{order}
