-- A program's redemptions, newest first, for the desk; and those whose code is still wanted or still to be killed.
create index redemption_made on redemption (program_id, made_at, id);
create index redemption_under_way on redemption (program_id, made_at, id) where code_state in ('wanted', 'dying');
