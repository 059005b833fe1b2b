//! Floor 1, the verbs: pure functions and state machines over the nouns.
