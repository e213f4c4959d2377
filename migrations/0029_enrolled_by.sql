-- Which of the staff enrolled somebody by hand ("staff:3"); null = they joined by themselves.
alter table member add column enrolled_by text;
-- who enrolled how many
create index member_enrolled on member (program_id, enrolled_by) where enrolled_by is not null;
-- everything of one person, to be handed over or forgotten
create index consent_member on consent (program_id, member_id);
create index survey_answer_member on survey_answer (program_id, member_id);
