-- What was posted and what was ordered, by time within a program: for the desk and its reports.
create index transfer_when on transfer (program_id, at);
create index order_state_placed on order_state (program_id, placed_at);
-- What nobody could read, and what was given up: few, and asked for often.
create index inbox_unread on inbox (program_id, store_id) where status = 2;
create index outbox_given_up on outbox (program_id, store_id) where status = 2;
-- When anything was last heard of a store: noted by whoever works on its deliveries, at most once a minute.
alter table store add column heard_at timestamptz;
