-- Every stretch of text that claims to stand in a document, and does not. DuckDB counts characters from 1, as Python counts from 0.
WITH pieces AS (
    SELECT 'tie ' || id AS what, document, quote_start AS piece_start, quote_end AS piece_end, quote AS piece FROM ties
    UNION ALL
    SELECT 'source of tie ' || id, document, source_start, source_end, source_text FROM ties
    UNION ALL
    SELECT 'target of tie ' || id, document, target_start, target_end, target_text FROM ties
    UNION ALL
    SELECT 'figure of ' || subject_name, document, quote_start, quote_end, quote FROM figures
    UNION ALL
    SELECT 'mention of ' || name, document, span_start, span_end, text FROM mentions
)
SELECT what, documents.name, piece_start, piece_end, piece
FROM pieces
LEFT JOIN documents ON documents.id = pieces.document
WHERE documents.id IS NULL
   OR substring(documents.text, piece_start + 1, piece_end - piece_start) IS DISTINCT FROM piece
ORDER BY ALL;
