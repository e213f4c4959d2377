-- The log of what was done, for one kind of deed or one who did it, also where either is rare among very much else.
create index audit_event_what on audit_event (program_id, what collate "C", id);
create index audit_event_actor on audit_event (program_id, actor, what collate "C", id);

-- Redemptions under way and those used, where there are few of them: else all of the others are looked through for a page.
create index redemption_held on redemption (program_id, made_at, id) where state = 'held';
create index redemption_used on redemption (program_id, made_at, id) where state in ('captured', 'returned');
