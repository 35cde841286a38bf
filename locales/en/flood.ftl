# When too many people report at once (TRUST 17).
home-flood = When too many report
home-flood_on = Switch on for 12 hours
home-flood_off = Switch off
flood-off = When too many people report at once, you can switch to quick questions: only whether a child is in danger now, where the child is and what is happening. Every report is still taken.
flood-on = Quick questions are on. They end by themselves at { $at } on { $at_day }.
flood-begun = Quick questions are on now. They end by themselves at { $at } on { $at_day }.
flood-ended = Quick questions are off. From now on everything is asked again.
talk-flood = Very many people are reporting right now, so we ask only a few short questions. You can write more at any time.
