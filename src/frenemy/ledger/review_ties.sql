-- The signed, asserted ties of which the reader is less sure than $weak and no person said anything, each with what rests on it: itself, or
-- all signed ties of its pair where the pair would stand otherwise without it.
WITH signed AS (
    SELECT
        id,
        polarity,
        confidence,
        least(source_id, target_id) AS one,
        greatest(source_id, target_id) AS other
    FROM resolved_ties
    WHERE status = 'asserted' AND polarity <> '0' AND source_id <> target_id
),
pairs AS (
    SELECT one, other, count(*) AS ties, sum(CASE polarity WHEN '+' THEN 1 ELSE -1 END) AS balance FROM signed GROUP BY ALL
)
SELECT
    signed.id,
    signed.confidence,
    CASE
        WHEN sign(pairs.balance) <> sign(pairs.balance - CASE polarity WHEN '+' THEN 1 ELSE -1 END) THEN pairs.ties
        ELSE 1
    END::INTEGER AS moves
FROM signed
JOIN pairs USING (one, other)
WHERE signed.confidence < $weak
  AND signed.id NOT IN (
      SELECT subjects[1]
      FROM judgements
      WHERE kind IN ('right', 'wrong')
      GROUP BY subjects[1]
      HAVING arg_max(confidence, judged_at) > 0
  )
ORDER BY (1 - signed.confidence) * moves DESC, signed.id
LIMIT $most;
