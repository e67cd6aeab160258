-- The entries that share a key with an actor that has to be looked up; $1 and $2 are the actors and their keys.
WITH wanted AS (
    SELECT unnest($1::VARCHAR[]) AS actor, unnest($2::VARCHAR[]) AS key
),
met AS (
    SELECT DISTINCT wanted.actor, keys.version, keys.entry
    FROM wanted
    JOIN watchlist_keys AS keys USING (key)
    JOIN unwatched ON unwatched.actor = wanted.actor AND unwatched.version = keys.version
)
SELECT met.actor, met.version, met.entry, entries.name, entries.aliases, entries.weak, entries.kind
FROM met
JOIN watchlist_entries AS entries ON entries.version = met.version AND entries.id = met.entry
ORDER BY ALL;
