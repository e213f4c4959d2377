-- A reward that staff hand out: no code of the platform, held until given_at says that it was given, or its points go back.
alter table redemption add column by_hand boolean not null default false;
-- What is still to be given, newest first.
create index redemption_to_give on redemption (program_id, made_at, id) where by_hand and state = 'held';
