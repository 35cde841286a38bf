# From the detailed assessment to the end: buttons, questions, the plan on the card.

act-assess_detail = Detailed assessment
act-meeting = Minutes
act-submit = Submit the plan
act-approve = Approve
act-send_back = Send back
act-task_done = Task done
act-task_failed = Not done yet
act-review = Review
act-end = End the case
act-replan = Go on with a new plan
act-merge = Duplicate
act-merged = Joined by another report
act-hold = Keep the file
act-unhold = Stop keeping the file

act_assess_detail-body = How is the child's physical health?
    .short = health
act_assess_detail-mind = How is the child's state of mind?
    .short = state of mind
act_assess_detail-family = How are the family and the people around the child?
    .short = family
act_assess_detail-carers = How well can parents or carers protect the child?
    .short = carers
act_assess_detail-setting = What are the child's surroundings like?
    .short = surroundings
act_assess_detail-risk = How high is the risk overall?
    .short = overall risk
act_assess_detail-needs = What does the child need?
    .short = needs
act_assess_detail-child_says = What does the child think and wish, if they have said so? Please do not ask again about what was told.
    .short = the child's view

act_meeting-people = Who was at the meeting?
    .short = present
act_meeting-needs = What does the meeting think the child and the family need?
    .short = needs
act_meeting-agreed = What did the meeting agree on?
    .short = agreed

act_submit-goals = What is the plan meant to achieve?
act_submit-task1 = Task 1: what is to be done?
act_submit-task1_who = Task 1: who does it?
act_submit-task1_until = Task 1: what is the due date? Please choose a working day.
act_submit-task1_more = Is there another task?
    .add = Add a task
    .enough = That is all
act_submit-task2 = Task 2: what is to be done?
act_submit-task2_who = Task 2: who does it?
act_submit-task2_until = Task 2: what is the due date? Please choose a working day.
act_submit-task2_more = Is there another task?
    .add = Add a task
    .enough = That is all
act_submit-task3 = Task 3: what is to be done?
act_submit-task3_who = Task 3: who does it?
act_submit-task3_until = Task 3: what is the due date? Please choose a working day.
act_submit-task3_more = Is there another task?
    .add = Add a task
    .enough = That is all
act_submit-task4 = Task 4: what is to be done?
act_submit-task4_who = Task 4: who does it?
act_submit-task4_until = Task 4: what is the due date? Please choose a working day.
act_submit-task4_more = Is there another task?
    .add = Add a task
    .enough = That is all
act_submit-task5 = Task 5: what is to be done?
act_submit-task5_who = Task 5: who does it?
act_submit-task5_until = Task 5: what is the due date? Please choose a working day.
act_submit-task5_more = Is there another task?
    .add = Add a task
    .enough = That is all
act_submit-task6 = Task 6: what is to be done?
act_submit-task6_who = Task 6: who does it?
act_submit-task6_until = Task 6: what is the due date? Please choose a working day.
act_submit-task6_more = Is there another task?
    .add = Add a task
    .enough = That is all
act_submit-task7 = Task 7: what is to be done?
act_submit-task7_who = Task 7: who does it?
act_submit-task7_until = Task 7: what is the due date? Please choose a working day.
act_submit-task7_more = Is there another task?
    .add = Add a task
    .enough = That is all
act_submit-task8 = Task 8: what is to be done?
act_submit-task8_who = Task 8: who does it?
act_submit-task8_until = Task 8: what is the due date? Please choose a working day.
act_submit-means = Where will the money and means come from?
act_submit-partners = Which bodies will you work with?
act_submit-review_on = When will the plan be reviewed?

act_approve-number = What is the number of the decision?
act_approve-date = On which day was the decision signed?
    .today = Today
    .yesterday = Yesterday
act_send_back-change = What should be changed?
act_task_done-record = Which task is done?
act_task_done-result = What was the result?
act_task_failed-record = Which task could not be done yet?
act_task_failed-reason = Why could it not be done?
act_task_failed-until = What is the new due date? Please choose a working day.

act_review-harm = How serious is the harm to the child still?
    .short = harm
act_review-harm_why = What shows this?
act_review-reach = How easily can the alleged harmer still reach the child?
    .short = access to the child
act_review-reach_why = What shows this?
act_review-barriers = How great are the obstacles where the child is cared for?
    .short = obstacles where cared for
act_review-barriers_why = What shows this?
act_review-self_protect = How well can the child protect themselves?
    .short = protects themselves
act_review-self_protect_why = What shows this?
act_review-protector = How well can adults protect the child?
    .short = protected by adults
act_review-protector_why = What shows this?
act_review-decision = What do you propose?
    .end = End the case
    .replan = Go on with a new plan
    .short = proposal
act_review-why = Why do you propose this?
    .short = reason
act_end-stable = Is the child no longer at risk, and stable?
    .yes = Yes
    .no = Not yet
act_end-reason = Why are you ending the case?
act_replan-reason = Why is a new plan needed?
act_merge-other = Which case is it a duplicate of? Write the code of that case; this one will be closed.
act_hold-ground = On what ground is the file kept?
act_set_kind-group = Which group of Article 10 of the Law on Children? The order is only a suggestion; you choose.

degree-high = High
degree-middle = Medium
degree-low = Low
ahead-week = Within a week
ahead-fortnight = Within 2 weeks
ahead-month = Within a month

doer-health = Health station
doer-school = School
doer-police = Commune police
doer-women = Women's Union
doer-youth = Youth Union
doer-family = Family
doer-other = Someone else
doer-holder = Whoever holds the case

group-a = a) has lost both parents
group-b = b) abandoned
group-c = c) nobody to rely on
group-d = d) disabled
group-dd = đ) living with HIV/AIDS
group-e = e) in conflict with the law
group-g = g) addicted to drugs
group-h = h) left school to earn a living
group-i = i) seriously harmed by violence
group-k = k) exploited
group-l = l) sexually abused
group-m = m) trafficked
group-n = n) seriously ill, long treatment
group-o = o) migrant or refugee

plan-submitted = Plan { $no }: awaiting approval
plan-approved = Plan { $no }: running
plan-stopped = Plan { $no }: on hold because of the emergency
plan-over = Plan { $no }: the case is closed
plan-earlier = Plan { $no }: from before the case was reopened
plan-sent_back = Plan { $no }: sent back
plan-goals = Goals: { $goals }
plan-task = { $no }. { $what } – { $who }, due { $day }{ $state ->
    [done] {" (done)"}
    [late] {" (overdue)"}
   *[open] {""}
    }
plan-pick = Task { $no } (due { $day })
plan-no = task { $no }
plan-undone = { $count ->
    [one] One task of the plan is not done{ $tasks ->
        [none] {":"}
       *[other] {": "}{ $tasks }.
        }
   *[other] { $count } tasks of the plan are not done{ $tasks ->
        [none] {":"}
       *[other] {": "}{ $tasks }.
        }
    }
plan-undone_task = { $no }. { $what } (due { $day })
plan-missing = The plan cannot be submitted yet; missing: { $papers }
plan-again = The last plan was sent back: { $change }
plan-held = This file is kept and not erased. Ground: { $ground }
plan-group = Group of Article 10: { $group }
paper-form02 = initial assessment
paper-form03 = detailed assessment
paper-minutes = minutes

work-day_past = That day has passed. Please choose a coming day.
work-day_far = That day is more than half a year away. Please choose a nearer one.
work-begins_far = A separation begins within the next 7 days. Please choose a nearer day.
work-day_off = That is a day off. Please choose a working day.
work-day_future = The day of signing cannot be after today.
work-day_old = That day is more than 60 days ago. Please look at the day of signing again.

error-not_stable = A case cannot end while the child is not stable. Please choose Go on with a new plan.
error-merge_itself = That is the code of this very case.
error-merge_closed = The other case is closed, so this one cannot join it.
error-merge_track = This case may be abuse and the other is not. Please set the type first.
error-merge_voices = One of the two was sent by a child. Please keep both, so that the child is written to as a child.
error-merge_conflict = Someone who may not know of this case knows of the other, so it cannot join it.
error-merge_telling = The reporter is still telling. Please join the cases when they have finished.

notice-plan_submitted = { $code }: the { $role } submitted a plan at { $when }; it awaits approval. Level: { $level }.
notice-plan_approved = { $code }: the { $role } approved the plan at { $when }.
notice-plan_sent_back = { $code }: the { $role } sent the plan back at { $when }. Level: { $level }.
notice-task_given = { $code }: you have a task in the plan. Level: { $level }.
notice-task_left = { $code }: somebody does their task of the plan no more. It is now with whoever holds the case.
notice-plan_reviewed = { $code }: the { $role } reviewed it at { $when }; it awaits a decision. Level: { $level }.
notice-plan_again = { $code }: the { $role } decided at { $when } to go on; a new plan is needed. Level: { $level }.
notice-merged = { $code }: another report joined it at { $when }. Level: { $level }.


staff-plan = The plan
