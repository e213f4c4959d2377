-- Whose mailbox a guest's order or a review was under, as a column: row-level security lets no index help a condition that
-- looks inside jsonb, so whoever joined made Postgres read every guest order and every review of the program.
alter table order_state add column mailbox text generated always as (snapshot ->> 'mailbox') stored;
drop index order_state_guest;
create index order_state_guest on order_state (program_id, mailbox) where customer is null and mailbox is not null;

alter table activity add column mailbox text generated always as (facts ->> 'mailbox') stored;
create index activity_mailbox on activity (program_id, mailbox) where member_id is null and mailbox is not null;
