-- Which actors have to be looked up in which versions: all that are new, or are called otherwise than when they were looked up.
CREATE OR REPLACE TEMP TABLE marked AS
SELECT id AS actor, name, kind, aliases, md5(concat_ws(chr(31), name, kind, array_to_string(aliases, chr(31)))) AS mark, version
FROM actors
CROSS JOIN (SELECT DISTINCT version FROM standing_watchlists) AS versions;

DELETE FROM watched_actors
WHERE NOT EXISTS (
    FROM marked
    WHERE marked.actor = watched_actors.actor AND marked.mark = watched_actors.mark AND marked.version = watched_actors.version
);

DELETE FROM watch_candidates
WHERE NOT EXISTS (
    FROM watched_actors AS w
    WHERE w.actor = watch_candidates.actor AND w.mark = watch_candidates.mark AND w.version = watch_candidates.version
);

CREATE OR REPLACE TEMP TABLE unwatched AS
SELECT marked.* FROM marked ANTI JOIN watched_actors USING (actor, mark, version);

DROP TABLE marked;
