//! What people see, as keyed cards in one language. A client keeps the last card of each key and
//! holds no rules of its own.

mod after_action;
mod control;
mod file;
mod judging;
mod listed;
mod part;
mod prepare;
mod people;
mod recognised;
mod value;

pub use after_action::{
    FeedbackCard, FeedbackGivenCard, FeedbackTextCard, FindingCard, FindingOrderCard, HotWashCard, HotWashMergedCard,
    HotWashOwnCard, HotWashSourceCard, ImprovementCard, ImprovementStateCard, ReleaseCard, ReleaseProposalCard,
    SignedOffCard,
};
pub use control::{ArmedCard, ExtendedCard, OpenedHintCard};
pub use file::FileCard;
pub use judging::{
    ActionCard, AdjustedCard, AdjustmentCard, AppealAnswerCard, AppealCard, AssignmentCard, ConsentCard, CreditCard,
    CriterionNamesCard, DelegateCard, LevelCard, MarkCard, MarkingCard, NamesCard, RatingCard, ResultCard, ResultsCard,
};
pub use listed::Card;
pub use part::{
    AnswerCard, AttachmentCard, ByHandCard, ChoiceCard, ContactCard, EntryCard, ExerciseCard, FateCard, FieldCard,
    FieldKindCard, FitCard, FormCard, HintCard, InjectCard, MovedCard, Movement, ObservationCard, PeerCard, PersonCard,
    PersonalReceiptCard, ProseCard, ReceiptCard, RequestCard, ResponseCard, SectionCard, SenderCard, TeamCard,
};
pub use people::{GrantedCard, OrganisationCard, ScorecardShownCard, VetoCard};
pub use prepare::{ComcheckCard, ComcheckStepCard, ReadySignedCard, ReadyTickCard, VariableCard};
pub use recognised::RecognisedCard;
pub use value::{AgendaItem, Ahead, AheadState, ClockValue, Coming, LastValue, LineValue};
