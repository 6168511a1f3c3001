-- How long what tells who people are is kept, for exercises where somebody has said so, and when it went.
CREATE TABLE retention (
    exercise TEXT   NOT NULL PRIMARY KEY REFERENCES exercises (id),
    days     BIGINT NOT NULL,
    scope    TEXT   NOT NULL,
    done_at  BIGINT
);

-- When somebody was shown at the door what is kept of them and joined.
ALTER TABLE people ADD COLUMN agreed_at BIGINT;
