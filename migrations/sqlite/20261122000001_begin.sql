-- Time is Unix milliseconds, JSON is text, secrets are stored as hashes.

-- One log each: its head, who may append (term) and which incarnation it is (generation).
CREATE TABLE streams (
    stream     TEXT   NOT NULL PRIMARY KEY,
    head_seq   BIGINT NOT NULL,
    head_hash  TEXT   NOT NULL,
    term       BIGINT NOT NULL,
    generation BIGINT NOT NULL,
    alive_at   BIGINT NOT NULL
);

CREATE TABLE log (
    stream    TEXT   NOT NULL,
    seq       BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    actor     TEXT   NOT NULL,
    kind      TEXT   NOT NULL,
    version   BIGINT NOT NULL,
    body      TEXT   NOT NULL,
    audiences TEXT   NOT NULL,
    hash      TEXT   NOT NULL,
    PRIMARY KEY (stream, seq)
);

-- Free text that rows of the log name by a salted hash, so that it can be erased.
CREATE TABLE parts (
    stream TEXT   NOT NULL,
    part   TEXT   NOT NULL,
    seq    BIGINT NOT NULL,
    salt   BLOB   NOT NULL,
    bytes  BLOB   NOT NULL,
    PRIMARY KEY (stream, part)
);
CREATE INDEX parts_of_row ON parts (stream, seq);

-- Keys of commands that were accepted: a repeat gets the first answer.
CREATE TABLE keys (
    stream    TEXT   NOT NULL,
    actor     TEXT   NOT NULL,
    key       TEXT   NOT NULL,
    body_hash TEXT   NOT NULL,
    seq       BIGINT NOT NULL,
    PRIMARY KEY (stream, actor, key)
);

-- Effects on the world outside, sent at least once.
CREATE TABLE outbox (
    id         TEXT   NOT NULL PRIMARY KEY,
    stream     TEXT   NOT NULL,
    seq        BIGINT NOT NULL,
    kind       TEXT   NOT NULL,
    body       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at    BIGINT
);
CREATE INDEX outbox_unsent ON outbox (created_at, id) WHERE sent_at IS NULL;

CREATE TABLE exercises (
    id         TEXT   NOT NULL PRIMARY KEY,
    title      TEXT   NOT NULL,
    scenario   TEXT   NOT NULL,
    state      TEXT   NOT NULL,
    rate       BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Names live here and never in the log.
CREATE TABLE people (
    exercise TEXT NOT NULL REFERENCES exercises (id),
    person   TEXT NOT NULL,
    name     TEXT NOT NULL,
    language TEXT NOT NULL,
    PRIMARY KEY (exercise, person)
);

CREATE TABLE join_links (
    id         TEXT   NOT NULL PRIMARY KEY,
    exercise   TEXT   NOT NULL REFERENCES exercises (id),
    token_hash TEXT   NOT NULL UNIQUE,
    role       TEXT   NOT NULL,
    team       TEXT,
    label      TEXT   NOT NULL,
    max_uses   BIGINT NOT NULL,
    uses       BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX join_links_of_exercise ON join_links (exercise, created_at, id);

-- A person's session in one exercise.
CREATE TABLE seats (
    id         TEXT   NOT NULL PRIMARY KEY,
    exercise   TEXT   NOT NULL REFERENCES exercises (id),
    person     TEXT   NOT NULL,
    token_hash TEXT   NOT NULL UNIQUE,
    role       TEXT,
    link       TEXT REFERENCES join_links (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    FOREIGN KEY (exercise, person) REFERENCES people (exercise, person)
);
CREATE INDEX seats_of_person ON seats (exercise, person);
CREATE INDEX seats_of_link ON seats (link);

CREATE TABLE accounts (
    id            TEXT   NOT NULL PRIMARY KEY,
    login         TEXT   NOT NULL UNIQUE,
    password_hash TEXT   NOT NULL,
    platform_role TEXT   NOT NULL,
    created_at    BIGINT NOT NULL
);

CREATE TABLE account_sessions (
    token_hash   TEXT   NOT NULL PRIMARY KEY,
    account      TEXT   NOT NULL REFERENCES accounts (id),
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    revoked_at   BIGINT
);
CREATE INDEX account_sessions_of_account ON account_sessions (account);

-- Who an account is in each exercise.
CREATE TABLE account_people (
    account  TEXT NOT NULL REFERENCES accounts (id),
    exercise TEXT NOT NULL,
    person   TEXT NOT NULL,
    PRIMARY KEY (account, exercise),
    FOREIGN KEY (exercise, person) REFERENCES people (exercise, person)
);

CREATE TABLE setup_links (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL,
    used_at    BIGINT
);

CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE files (
    hash       TEXT   NOT NULL PRIMARY KEY,
    media_type TEXT   NOT NULL,
    size       BIGINT NOT NULL,
    bytes      BLOB   NOT NULL
);

CREATE TABLE exercise_files (
    exercise TEXT NOT NULL REFERENCES exercises (id),
    path     TEXT NOT NULL,
    hash     TEXT NOT NULL REFERENCES files (hash),
    PRIMARY KEY (exercise, path)
);
