-- Who holds a post may have an account: by it is known whether they are on duty.

ALTER TABLE duty_holders ADD COLUMN account TEXT;
