-- The watchlist entries that an actor may be, with the actor's signed ties and a name in a document that is this actor's.
WITH ends AS (
    SELECT unnest([source_id, target_id]) AS actor, confidence FROM resolved_ties WHERE status = 'asserted' AND polarity <> '0'
),
weights AS (
    SELECT actor, count(*)::INTEGER AS moves, sum(confidence) AS weight FROM ends GROUP BY actor
)
SELECT
    listings.actor,
    actors.name,
    (SELECT min(name || ' @ ' || document) FROM actor_members AS member WHERE member.actor = listings.actor AND member.name = actors.name),
    (SELECT min(name || ' @ ' || document) FROM actor_members AS member WHERE member.actor = listings.actor),
    listings.watchlist,
    listings.entry,
    listings.score,
    listings.reason,
    coalesce(weights.moves, 0),
    coalesce(weights.weight, 0)
FROM listings
JOIN actors ON actors.id = listings.actor
LEFT JOIN weights ON weights.actor = listings.actor
WHERE listings.standing = 'doubt'
ORDER BY ALL;
