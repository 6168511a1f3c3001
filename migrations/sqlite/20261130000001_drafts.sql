-- What a team has typed and not sent, one for each inject: the last write wins. A draft that was dropped
-- leaves its number behind, so that whoever wrote on an older one is told.
CREATE TABLE drafts (
    exercise TEXT   NOT NULL,
    team     TEXT   NOT NULL,
    inject   TEXT   NOT NULL,
    version  BIGINT NOT NULL,
    person   TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    body     TEXT,
    PRIMARY KEY (exercise, team, inject),
    FOREIGN KEY (exercise, person) REFERENCES people (exercise, person)
);
