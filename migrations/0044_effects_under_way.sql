-- Until then a worker has it, and asks the platform: whoever wants it done again at once waits for that answer, or until it is overdue.
alter table outbox add column lease_until timestamptz;
