-- Accounts that can be disabled, second factors, personal invitations, and sessions that people can tell apart.

ALTER TABLE accounts ADD COLUMN disabled_at BIGINT;
UPDATE accounts SET platform_role = 'platform_admin' WHERE platform_role = 'admin';

-- Whoever was signed in signs in again, and takes the seat again: neither said which session it hangs on.
DELETE FROM account_sessions;
UPDATE seats SET revoked_at = created_at WHERE link IS NULL AND revoked_at IS NULL;

ALTER TABLE account_sessions ADD COLUMN id TEXT NOT NULL DEFAULT '';
-- What it was begun with beside the password, if anything.
ALTER TABLE account_sessions ADD COLUMN factor TEXT;
ALTER TABLE account_sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE account_sessions ADD COLUMN address TEXT;

-- The session of the account that took it: it ends with that.
ALTER TABLE seats ADD COLUMN session TEXT;

CREATE TABLE account_totp (
    account      TEXT   NOT NULL PRIMARY KEY REFERENCES accounts (id),
    secret       TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    confirmed_at BIGINT,
    -- The last step of time whose code was taken: none before it is taken again.
    last_step    BIGINT NOT NULL
);

CREATE TABLE account_recovery_codes (
    account   TEXT   NOT NULL REFERENCES accounts (id),
    code_hash TEXT   NOT NULL,
    used_at   BIGINT,
    PRIMARY KEY (account, code_hash)
);

CREATE TABLE account_invitations (
    id            TEXT   NOT NULL PRIMARY KEY,
    token_hash    TEXT   NOT NULL UNIQUE,
    platform_role TEXT   NOT NULL,
    label         TEXT   NOT NULL,
    created_at    BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL,
    -- When and for which account it was used.
    used_at       BIGINT,
    account       TEXT,
    revoked_at    BIGINT
);

-- Grows whenever rights were taken away, by whichever process: a server with open connections looks at it.
CREATE TABLE account_changes (
    one     BIGINT NOT NULL PRIMARY KEY,
    changes BIGINT NOT NULL
);
INSERT INTO account_changes (one, changes) VALUES (1, 0);
