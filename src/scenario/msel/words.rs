//! The words of spreadsheets in English, French and Spanish: what a heading announces, and what
//! the format calls a kind, a channel or a priority.

use super::{super::naming::fold, time::Style};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Number of the inject.
    Number,
    Id,
    Title,
    /// Time, counted from the start or read off a clock.
    Time,
    /// Time, counted from the start.
    Offset,
    /// Time of day.
    Clock,
    Phase,
    Kind,
    Channel,
    From,
    To,
    Responsible,
    Body,
    Attachments,
    /// What attachments show, in words.
    AltText,
    Expected,
    Objectives,
    Capability,
    Priority,
    Target,
    Deadline,
    Points,
    /// A question that teams answer.
    Question,
    Depends,
    Notes,
    Guests,
    Acknowledge,
    Fields,
    Keys,
    Samples,
    /// File of the pack that the inject stands in.
    File,
    /// Columns that planners keep for themselves.
    Storyline,
    PlanTested,
    ContingencyFor,
    EvaluatorNotes,
    Approval,
    /// Something that the format has no key for; staff get it as a note.
    Remark,
    /// What happened when it was played, or follows from other columns: nothing to import.
    Derived,
    /// Not to be imported, says the mapping.
    Ignored,
}

/// What the format calls something, and the words that mean it, between bars.
pub(super) type Names = &'static [(&'static str, &'static str)];

/// Columns that planners keep for themselves: heading, role, and key in the scenario.
pub(super) const PLANNING: [(&str, Role, &str); 5] = [
    ("Storyline", Role::Storyline, "storyline"),
    ("Plan/policy tested", Role::PlanTested, "plan_tested"),
    ("Contingency for", Role::ContingencyFor, "contingency_for"),
    ("Evaluator notes", Role::EvaluatorNotes, "evaluator_notes"),
    ("Approval status", Role::Approval, "approval"),
];

/// Headings by what they announce, between bars; names for mapping files stand first. All folded.
const HEADINGS: &[(Role, &str)] = &[
    (
        Role::Number,
        "number|no|nr|n|num|inject|inject number|inject no|event number|event no|control number|serial|\
         serial number|numero|n d inject|numero d inject|no d inject|numero de inject|numero de inyeccion|\
         n de inyeccion|orden|ordre",
    ),
    (Role::Id, "id|inject id|identifier|identifiant|identificador|ref|reference|referencia"),
    (
        Role::Title,
        "title|subject|inject title|event|event title|short description|headline|titre|objet|intitule|sujet|\
         evenement|titre de l inject|titulo|asunto|evento|titulo de la inyeccion",
    ),
    (
        Role::Time,
        "time|exercise time|delivery time|timeline|when|designated scenario time|scenario time|planned time|\
         time of inject|schedule|heure|horaire|temps|horodatage|quand|heure d injection|hora|tiempo|horario|\
         cuando|hora prevista|heure prevue|chronologie",
    ),
    (
        Role::Offset,
        "offset|t|t plus|elapsed|elapsed time|relative time|minutes from start|minute|minutes|temps exercice|\
         temps d exercice|temps ecoule|decalage|temps relatif|tiempo de ejercicio|tiempo transcurrido|\
         desfase|tiempo relativo|delta",
    ),
    (
        Role::Clock,
        "clock|wall time|wall clock|clock time|local time|real time|time of day|heure locale|heure reelle|\
         heure murale|hora local|hora real|hora de reloj",
    ),
    (
        Role::Phase,
        "phase|move|move phase|phase move|stage|module|group|tab|etape|mouvement|fase|etapa|movimiento|modulo",
    ),
    (
        Role::Kind,
        "kind|type|event type|inject type|category|nature|type d inject|type d evenement|categorie|tipo|\
         tipo de inyeccion|tipo de evento|categoria",
    ),
    (
        Role::Channel,
        "channel|delivery channel|method|delivery method|inject mode|mode|medium|means|action to be taken|\
         canal|moyen|vecteur|mode de transmission|moyen de transmission|medio|metodo|via",
    ),
    (
        Role::From,
        "from|sender|simulated sender|from org|source|profile|de|expediteur|emetteur|origine|de la part de|\
         remitente|emisor|origen",
    ),
    (
        Role::To,
        "to|audience|receiver|receivers|recipient|recipients|intended receiver|intended receivers|target|\
         to org|assigned to|target audience|player|players|team|teams|addressee|a|destinataire|destinataires|\
         equipe|equipes|pour|joueurs|para|destinatario|destinatarios|equipo|equipos",
    ),
    (
        Role::Responsible,
        "responsible|responsible controller|controller|owner|facilitator|poc|responsable|animateur|\
         controleur|facilitateur|controlador|encargado",
    ),
    (
        Role::Body,
        "message|body|text|content|description|event description|details|script|inject text|message text|\
         narrative|texte|contenu|corps|descriptif|texto|mensaje|contenido|descripcion|detalle|detalles",
    ),
    (
        Role::Attachments,
        "attachments|attachment|file name|files|documents|picture name|piece jointe|pieces jointes|fichiers|\
         annexes|adjunto|adjuntos|archivo adjunto|archivos|anexos",
    ),
    (Role::AltText, "attachment text|alt text|texte alternatif|texto alternativo"),
    (
        Role::Expected,
        "expected|expected action|expected actions|expected response|expected participant response|\
         expected player action|expected outcome|expectation name|expectation description|desired response|\
         action attendue|actions attendues|reaction attendue|reactions attendues|reponse attendue|\
         accion esperada|acciones esperadas|respuesta esperada|reaccion esperada",
    ),
    (
        Role::Objectives,
        "objective|objectives|exercise objective|exercise objectives|objectif|objectifs|objetivo|objetivos",
    ),
    (Role::Capability, "capability|core capability|capacite|capacites|capacidad|capacidades"),
    (Role::Priority, "priority|importance|priorite|prioridad|importancia"),
    (Role::Target, "target minutes|target time|delai cible|minutes cible|objectif de delai|minutos objetivo"),
    (
        Role::Deadline,
        "deadline|deadline minutes|due|time limit|response time|echeance|delai|delai de reponse|date limite|\
         plazo|minutos de plazo|tiempo limite|fecha limite",
    ),
    (Role::Points, "points|score|expectation score|bareme|puntos|puntuacion"),
    (Role::Question, "question|questions|poll|sondage|pregunta|preguntas|encuesta"),
    (
        Role::Depends,
        "depends on condition|depends on|condition|trigger|prerequisite|depends|depend de|declencheur|\
         prerequis|depende de|condicion|disparador|requisito",
    ),
    (
        Role::Notes,
        "controller notes|notes|note|comments|remarks|facilitator notes|facilitation notes|notes animateur|\
         notes de l animateur|notes animation|remarques|commentaires|notas|notas del controlador|\
         notas del facilitador|comentarios|observations|observation|observaciones|observacion",
    ),
    (Role::Guests, "for guests|pour les visiteurs|para visitantes"),
    (Role::Acknowledge, "acknowledge|acknowledgement|accuse de reception|acuse de recibo"),
    (Role::Fields, "answer form"),
    (Role::Keys, "answer keys"),
    (Role::Samples, "sample answers"),
    (Role::File, "file|pack file"),
    (Role::Storyline, "storyline|thread|intrigue|fil narratif|trama|hilo narrativo"),
    (
        Role::PlanTested,
        "plan tested|plan policy tested|policy|plan|plan teste|procedure testee|plan probado|procedimiento probado",
    ),
    (Role::ContingencyFor, "contingency for|contingence pour|contingencia para"),
    (
        Role::EvaluatorNotes,
        "evaluator notes|evaluation notes|notes evaluateur|notes de l evaluateur|notas del evaluador|notas evaluador",
    ),
    (Role::Approval, "approval status|approval|status|approved|state|statut|etat|approbation|estado|aprobacion"),
    (
        Role::Remark,
        "remark|story time|storytime|simulated time|assumptions|measure of performance|measure|critical|faction|\
         scenario|critique|critico",
    ),
    (
        Role::Derived,
        "actual release time|actual result|heure reelle d envoi|resultat reel|hora real de envio|\
         resultado real",
    ),
    (Role::Ignored, "ignore"),
];

/// What the words of a kind come to, the more telling first.
pub(super) const KINDS: Names = &[
    ("expected_action", "expected|attendu|esperad"),
    ("contingency", "conting"),
    ("information_request", "information request|information_request|demande d|solicitud"),
    ("practice", "practice|essai|practica|ensayo"),
    ("admin", "admin|startex|endex|facilitation"),
    ("task", "task|key|tache|tarea|cle|clave"),
    ("contextual", "context|information|inject"),
];

/// What the words of a channel come to.
pub(super) const CHANNELS: Names = &[
    ("soc_alert", "soc|siem|alert"),
    ("social", "social|sociaux|twitter|facebook"),
    ("mail", "mail|email|courriel|correo"),
    ("phone", "phone|telephon|telefon|tel|call|appel|llamada"),
    ("news", "news|press|prens|media|medios|tv|radio"),
    ("ticket", "ticket"),
    ("intelligence", "intel|renseign|cti"),
    ("control", "control|excon|verbal|oral|person|animat"),
];

/// What the words of a priority come to.
pub(super) const PRIORITIES: Names = &[
    ("must", "must|high|haut|elev|alta|critic|indispens"),
    ("should", "should|medium|moyen|media|normal"),
    ("could", "could|low|bass|faible|baja|option|opcion"),
];

/// What the format calls the first of some values of which a text says a word, or begins one.
pub(super) fn named(names: Names, text: &str) -> Option<&'static str> {
    let text = format!(" {}", fold(text).replace('-', "").replace(['/', '(', ','], " "));
    let says = |words: &str| words.split('|').any(|word| text.contains(&format!(" {word}")));
    names.iter().find(|(_, words)| says(words)).map(|(name, _)| *name)
}

/// Whether a text means everybody.
pub(super) fn is_all(text: &str) -> bool {
    const ALL: &str = "all|all teams|all players|everybody|everyone|tous|toutes|toutes les equipes|tout le monde|\
        tous les joueurs|todos|todas|todos los equipos|todos los jugadores|all participants|\
        tous les participants|todos los participantes|*|any";
    ALL.split('|').any(|all| all == fold(text).trim())
}

/// Whether a text says yes; none if it says neither.
pub(super) fn yes(text: &str) -> Option<bool> {
    match fold(text).trim() {
        "yes" | "y" | "x" | "true" | "1" | "oui" | "o" | "vrai" | "si" | "s" | "verdadero" => Some(true),
        "no" | "n" | "false" | "0" | "non" | "faux" | "falso" | "-" => Some(false),
        _ => None,
    }
}

/// The role of a heading, in which of the three languages it is written (as far as that shows), and
/// which language its texts are in, if it says so: `Message (fr)`.
pub(super) fn heading(text: &str) -> Option<(Role, Option<String>)> {
    if text.trim() == "#" || text.trim() == "N°" {
        return Some((Role::Number, None));
    }
    let whole = flat(text);
    if let Some(role) = role(&whole) {
        return Some((role, None));
    }
    // `Message (fr)`, `Message FR`, `Message - français`; or brackets that say something else.
    if let Some((before, inside)) = text.trim_end_matches([')', ']']).rsplit_once(['(', '[']) {
        let role = role(&flat(before))?;
        return Some((role, language(&flat(inside))));
    }
    let (before, last) = whole.rsplit_once(' ')?;
    Some((role(before)?, Some(language(last)?)))
}

/// A role by its name in a mapping file, or by any of its headings.
pub(super) fn role(name: &str) -> Option<Role> {
    HEADINGS.iter().find(|(_, names)| names.split('|').any(|known| known == name)).map(|(role, _)| *role)
}

/// Names of roles for mapping files.
pub(super) fn role_names() -> Vec<&'static str> {
    HEADINGS.iter().filter_map(|(_, names)| names.split('|').next()).collect()
}

/// What the times of a column are.
pub(super) fn style(role: Role) -> Style {
    match role {
        Role::Offset => Style::Offset,
        Role::Clock => Style::Clock,
        _ => Style::Either,
    }
}

/// A language by its tag or its name.
fn language(text: &str) -> Option<String> {
    let tag = match text {
        "english" | "anglais" | "ingles" | "eng" => "en",
        "french" | "francais" | "frances" | "fra" => "fr",
        "spanish" | "espagnol" | "espanol" | "castellano" | "esp" | "spa" => "es",
        "portuguese" | "portugais" | "portugues" => "pt",
        "arabic" | "arabe" => "ar",
        "russian" | "russe" | "ruso" => "ru",
        "chinese" | "chinois" | "chino" => "zh",
        tag if tag.len() == 2 && tag.bytes().all(|b| b.is_ascii_lowercase()) => tag,
        _ => return None,
    };
    Some(tag.to_owned())
}

/// A text as its words in lower case without accents, one space between them.
pub(super) fn flat(text: &str) -> String {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The language that a row of headings is written in: the one that most of their words speak for.
pub(super) fn language_of_headings(headings: &[String]) -> &'static str {
    // Words that only one of the three languages has. Of as many votes the later language wins.
    const MARKS: [(&str, &str); 3] = [
        (
            "fr",
            "heure|titre|objet|destinataire|destinataires|expediteur|emetteur|moyen|texte|reaction|attendue|\
             attendues|equipe|remarques|objectif|contenu|intitule|horaire",
        ),
        (
            "es",
            "hora|titulo|asunto|destinatario|destinatarios|remitente|mensaje|medio|texto|accion|acciones|\
             esperada|esperadas|equipo|observaciones|objetivo|contenido|fase",
        ),
        (
            "en",
            "time|title|subject|from|to|sender|receiver|receivers|recipient|recipients|audience|channel|method|\
             delivery|expected|response|objective|objectives|number|event|body|text|team|teams|status|owner|\
             controller|deadline|attachments|priority|kind",
        ),
    ];
    let words: Vec<String> =
        headings.iter().flat_map(|heading| flat(heading).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
    let count = |marks: &str| words.iter().filter(|word| marks.split('|').any(|mark| mark == *word)).count();
    MARKS.into_iter().max_by_key(|(_, marks)| count(marks)).map_or("en", |(language, _)| language)
}
