-- Many members are put on hold, or taken off it, by the same job that gives them points. It has no unit and no points.
alter table bulk_adjustment add column kind text not null default 'points' check (kind in ('points', 'hold', 'release'));
alter table bulk_adjustment alter column unit drop not null;
alter table bulk_adjustment drop constraint bulk_adjustment_points_check;
alter table bulk_adjustment add constraint bulk_adjustment_moves check (
  case kind when 'points' then points <> 0 and unit is not null else points = 0 and unit is null end);

alter table bulk_adjustment_member drop constraint bulk_adjustment_member_points_check;
-- on hold since then: by this job, or (release) before it; undoing goes by it, so that what somebody changed meanwhile stays
alter table bulk_adjustment_member add column held_at timestamptz;
