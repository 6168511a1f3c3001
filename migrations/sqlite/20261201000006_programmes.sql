-- A drill day: exercises that share organisations, teams, people and links.
CREATE TABLE programmes (
    id         TEXT   NOT NULL PRIMARY KEY,
    title      TEXT   NOT NULL,
    owner      TEXT   NOT NULL REFERENCES accounts (id),
    created_at BIGINT NOT NULL
);
CREATE INDEX programmes_of_owner ON programmes (owner);

CREATE TABLE programme_organisations (
    programme    TEXT NOT NULL REFERENCES programmes (id),
    organisation TEXT NOT NULL,
    name         TEXT NOT NULL,
    country      TEXT,
    kind         TEXT NOT NULL,
    PRIMARY KEY (programme, organisation)
);

CREATE TABLE programme_teams (
    programme    TEXT   NOT NULL REFERENCES programmes (id),
    team         TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    language     TEXT   NOT NULL,
    organisation TEXT,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (programme, team),
    FOREIGN KEY (programme, organisation) REFERENCES programme_organisations (programme, organisation)
);

-- An exercise belongs to one programme. Its lead is the account that directs it.
CREATE TABLE programme_exercises (
    exercise      TEXT   NOT NULL PRIMARY KEY REFERENCES exercises (id),
    programme     TEXT   NOT NULL REFERENCES programmes (id),
    position      BIGINT NOT NULL,
    planned_start BIGINT,
    lead          TEXT   NOT NULL REFERENCES accounts (id)
);
CREATE INDEX programme_exercises_of_programme ON programme_exercises (programme, position);
CREATE INDEX programme_exercises_of_lead ON programme_exercises (lead);

-- A link for the whole day, or for the exercises that it names (a JSON list).
CREATE TABLE programme_links (
    id           TEXT   NOT NULL PRIMARY KEY,
    programme    TEXT   NOT NULL REFERENCES programmes (id),
    token_hash   TEXT   NOT NULL UNIQUE,
    role         TEXT   NOT NULL,
    team         TEXT,
    organisation TEXT,
    exercises    TEXT,
    label        TEXT   NOT NULL,
    max_uses     BIGINT NOT NULL,
    uses         BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    revoked_at   BIGINT,
    FOREIGN KEY (programme, team) REFERENCES programme_teams (programme, team),
    FOREIGN KEY (programme, organisation) REFERENCES programme_organisations (programme, organisation)
);
CREATE INDEX programme_links_of_programme ON programme_links (programme, created_at, id);

-- Who takes part in the day, with the pass that shows it. The role is what the person is in every exercise for
-- which nothing else is said; none for who came for some of them only.
CREATE TABLE programme_people (
    id           TEXT   NOT NULL PRIMARY KEY,
    programme    TEXT   NOT NULL REFERENCES programmes (id),
    name         TEXT   NOT NULL,
    language     TEXT   NOT NULL,
    organisation TEXT,
    role         TEXT,
    team         TEXT,
    account      TEXT REFERENCES accounts (id),
    link         TEXT   NOT NULL REFERENCES programme_links (id),
    token_hash   TEXT   NOT NULL UNIQUE,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    revoked_at   BIGINT
);
CREATE INDEX programme_people_of_programme ON programme_people (programme, created_at, id);

-- What a person of the day is in one exercise. Once seated, nothing else.
CREATE TABLE programme_places (
    person    TEXT   NOT NULL REFERENCES programme_people (id),
    exercise  TEXT   NOT NULL REFERENCES programme_exercises (exercise),
    role      TEXT   NOT NULL,
    team      TEXT,
    seated_as TEXT   NOT NULL,
    seated_at BIGINT,
    PRIMARY KEY (person, exercise)
);
