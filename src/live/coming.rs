//! The injects of a moderator's team, or of a role player's simulated senders, in words: what the `coming` value
//! only names.

use serde::Serialize;
use utoipa::ToSchema;

use crate::engine::{
    id::{ActionId, InjectId},
    plan::{Channel, ExpectedAction, Inject},
    role::Role,
    state::State,
    text::Language,
    view::{Viewer, coming::injects_of},
};

/// An inject, to be sent, sent already, or only watched for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComingInject {
    /// Id.
    pub inject: InjectId,
    /// Title.
    pub title: String,
    /// Text, Markdown; of a moderator's team, in the words for it as things stand.
    pub body: String,
    /// How it comes.
    pub channel: Channel,
    /// Name of the simulated sender.
    pub from: Option<String>,
    /// Whether it is sent at all.
    pub sent: bool,
    /// What the team is expected to do, for its moderator.
    pub expected: Vec<String>,
    /// What evaluators note of it, for the team's moderator to propose.
    pub actions: Vec<ComingAction>,
}

/// An action that is expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComingAction {
    /// Id.
    pub action: ActionId,
    /// What.
    pub text: String,
}

/// What somebody may read of what is to come; none for who sees all or none of it.
pub(super) fn coming(state: &State, viewer: &Viewer, language: &Language) -> Option<Vec<ComingInject>> {
    Some(injects_of(state, viewer)?.map(|inject| in_words(state, viewer, inject, language)).collect())
}

fn in_words(state: &State, viewer: &Viewer, inject: &Inject, language: &Language) -> ComingInject {
    let team = viewer.team.as_ref().and_then(|team| state.team(team));
    let content = team.map_or_else(|| inject.content.clone(), |team| state.content_for(inject, team).1);
    let moderates = viewer.role == Role::TeamModerator;
    let expected = inject.staff.expected.iter().filter(|_| moderates);
    let actions = inject.actions().into_iter().filter(|_| moderates);
    let action =
        |action: ExpectedAction| ComingAction { action: action.id, text: action.text.get(language).to_owned() };
    ComingInject {
        inject: inject.id.clone(),
        title: content.title.get(language).to_owned(),
        body: content.body.get(language).to_owned(),
        channel: content.channel,
        from: content.from.as_ref().map(|persona| persona.name.get(language).to_owned()),
        sent: inject.is_sent(),
        expected: expected.map(|text| text.get(language).to_owned()).collect(),
        actions: actions.map(action).collect(),
    }
}
