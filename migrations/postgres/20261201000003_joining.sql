-- Short codes with which a person takes the own seat along to another device. Each works once and for minutes;
-- a person has one at a time. The token is the same code in a form that cannot be guessed, for cameras.
CREATE TABLE seat_codes (
    code_hash  TEXT   NOT NULL PRIMARY KEY,
    token_hash TEXT   NOT NULL UNIQUE,
    exercise   TEXT   NOT NULL REFERENCES exercises (id),
    person     TEXT   NOT NULL,
    link       TEXT REFERENCES join_links (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT,
    FOREIGN KEY (exercise, person) REFERENCES people (exercise, person)
);
CREATE INDEX seat_codes_of_person ON seat_codes (exercise, person);
CREATE INDEX seat_codes_by_age ON seat_codes (expires_at);
