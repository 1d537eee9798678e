-- Who was convened when a response was switched on, as JSON; erased with the words about what is over.

ALTER TABLE responses ADD COLUMN roster text;
