//! What simulated people write, in the languages of the shipped packs, and what they are called.
//! Everything is plausible, short and fictional.

use super::dice::Dice;
use crate::engine::text::Language;

/// Sentences of one language. `{}` stands for the title of the inject.
pub(super) struct Words {
    log: &'static [&'static str],
    questions: &'static [&'static str],
    replies: &'static [&'static str],
    findings: &'static [&'static str],
    reasons: &'static [&'static str],
}

impl Words {
    /// A line of a team's log.
    pub(super) fn log_line(&self, dice: &mut Dice, title: &str) -> String {
        one(self.log, dice).replace("{}", title)
    }

    /// A question to control.
    pub(super) fn question(&self, dice: &mut Dice, title: &str) -> String {
        one(self.questions, dice).replace("{}", title)
    }

    /// What control answers.
    pub(super) fn reply(&self, dice: &mut Dice) -> String {
        one(self.replies, dice).to_owned()
    }

    /// Why something was decided.
    pub(super) fn rationale(&self, dice: &mut Dice) -> String {
        one(self.reasons, dice).to_owned()
    }

    /// A finding and a reason, cut to what the form takes.
    pub(super) fn paragraph(&self, dice: &mut Dice, max_chars: u32) -> String {
        let text = format!("{} {}", one(self.findings, dice), one(self.reasons, dice));
        text.chars().take(usize::try_from(max_chars).unwrap_or(usize::MAX)).collect()
    }
}

fn one(sentences: &[&'static str], dice: &mut Dice) -> &'static str {
    dice.pick(sentences).copied().unwrap_or_default()
}

/// The words of a language; English where there are none.
pub(super) fn of(language: &Language) -> &'static Words {
    match language.0.split('-').next() {
        Some("fr") => &FRENCH,
        Some("es") => &SPANISH,
        _ => &ENGLISH,
    }
}

/// A few indicators from ranges and domains that are reserved for examples.
pub(super) fn indicators(dice: &mut Dice, max_lines: u32) -> Vec<String> {
    let lines = dice.between(1, 5).min(max_lines);
    (0..lines)
        .map(|_| match dice.below(3) {
            0 => format!("203.0.113.{}", dice.between(1, 255)),
            1 => format!("node-{}.update.example", dice.between(1, 60)),
            _ => hex::encode(dice.bytes::<32>()),
        })
        .collect()
}

/// Teams of a rehearsal: id and name. All places are invented.
pub(super) const TEAMS: [(&str, &str); 20] = [
    ("port-meridian", "Port Meridian"),
    ("isla-serena", "Isla Serena"),
    ("baie-claire", "Baie Claire"),
    ("halden-reach", "Halden Reach"),
    ("costa-bruma", "Costa Bruma"),
    ("sainte-orlane", "Sainte-Orlane"),
    ("tarn-islands", "Tarn Islands"),
    ("nueva-aurea", "Nueva Aurea"),
    ("cap-vermeil", "Cap Vermeil"),
    ("low-marsh", "Low Marsh"),
    ("santa-brisa", "Santa Brisa"),
    ("roche-bleue", "Roche Bleue"),
    ("northern-keys", "Northern Keys"),
    ("villa-umbria", "Villa Umbria"),
    ("anse-doree", "Anse Dorée"),
    ("grey-harbour", "Grey Harbour"),
    ("punta-clara", "Punta Clara"),
    ("val-ombre", "Val Ombre"),
    ("east-shoals", "East Shoals"),
    ("rio-quieto", "Río Quieto"),
];

static ENGLISH: Words = Words {
    log: &[
        "Received: {}. The duty analyst is on it.",
        "Read and discussed: {}. We compare it with what we have so far.",
        "Saved a copy of the material and noted its hash before anybody opens it.",
        "Called the operator back through the number on file, not the one in the message.",
        "Shift lead informed; next look in ten minutes.",
        "One open question: is this the same actor, or only the same storm?",
    ],
    questions: &[
        "About \"{}\": may we assume that the operator has told its regulator?",
        "Can you confirm the time zone of the log that came with \"{}\"?",
        "We need the contact at the disaster office. Who is on duty?",
    ],
    replies: &[
        "Work with what you have; say what you assume in your answer.",
        "All times in the material are UTC.",
        "Use the directory: the duty desk answers at any time.",
    ],
    findings: &[
        "Two accounts were used from an address that the operator does not know, minutes before the first encryption.",
        "The outage of the north shore is explained by the power cut, not by the intrusion.",
        "The same remote access was used on three machines; the first sign is older than the first alarm.",
        "We see one confirmed intrusion and one report that nobody could confirm yet.",
    ],
    reasons: &[
        "We act on what is verified, keep the evidence, and review the decision in thirty minutes.",
        "Keeping the public warning on air weighs more than restoring billing.",
        "Peers with the same supplier may be next, so they are told at once under TLP:AMBER.",
        "The risk of waiting is greater than the cost of being wrong, and the step can be undone.",
    ],
};

static FRENCH: Words = Words {
    log: &[
        "Reçu : {}. L'analyste de permanence s'en charge.",
        "Lu et discuté : {}. Nous comparons avec ce que nous savons déjà.",
        "Copie conservée et empreinte notée avant toute ouverture.",
        "Opérateur rappelé au numéro connu, pas à celui du message.",
        "Chef de quart informé ; nouveau point dans dix minutes.",
        "Question ouverte : même acteur, ou simple effet de la tempête ?",
    ],
    questions: &[
        "À propos de « {} » : peut-on supposer que l'opérateur a prévenu son régulateur ?",
        "Pouvez-vous confirmer le fuseau horaire du journal joint à « {} » ?",
        "Il nous faut le contact du bureau des catastrophes. Qui est de permanence ?",
    ],
    replies: &[
        "Travaillez avec ce que vous avez ; indiquez vos hypothèses dans la réponse.",
        "Toutes les heures des documents sont en UTC.",
        "Consultez l'annuaire : la permanence répond à toute heure.",
    ],
    findings: &[
        "Deux comptes ont servi depuis une adresse inconnue de l'opérateur, quelques minutes avant le premier chiffrement.",
        "La panne de la côte nord s'explique par la coupure de courant, non par l'intrusion.",
        "Le même accès distant a servi sur trois machines ; le premier signe précède la première alerte.",
        "Nous voyons une intrusion confirmée et un signalement que personne n'a encore pu confirmer.",
    ],
    reasons: &[
        "Nous agissons sur ce qui est vérifié, gardons les preuves et revoyons la décision dans trente minutes.",
        "Maintenir l'alerte au public compte plus que rétablir la facturation.",
        "Les pairs qui ont le même fournisseur sont peut-être les suivants : ils sont prévenus aussitôt, en TLP:AMBER.",
        "Attendre coûte plus cher que se tromper, et la mesure est réversible.",
    ],
};

static SPANISH: Words = Words {
    log: &[
        "Recibido: {}. Lo lleva el analista de guardia.",
        "Leído y comentado: {}. Lo comparamos con lo que ya sabemos.",
        "Guardamos copia y anotamos el hash antes de abrir nada.",
        "Llamamos al operador al número conocido, no al del mensaje.",
        "Jefe de turno informado; próxima revisión en diez minutos.",
        "Pregunta abierta: ¿es el mismo actor o solo la tormenta?",
    ],
    questions: &[
        "Sobre «{}»: ¿podemos suponer que el operador avisó a su regulador?",
        "¿Pueden confirmar la zona horaria del registro que llegó con «{}»?",
        "Necesitamos el contacto de la oficina de emergencias. ¿Quién está de guardia?",
    ],
    replies: &[
        "Trabajen con lo que tienen; indiquen en la respuesta lo que suponen.",
        "Todas las horas del material están en UTC.",
        "Usen el directorio: la guardia responde a toda hora.",
    ],
    findings: &[
        "Se usaron dos cuentas desde una dirección que el operador no conoce, minutos antes del primer cifrado.",
        "La caída de la costa norte se explica por el corte de energía, no por la intrusión.",
        "El mismo acceso remoto se usó en tres equipos; la primera señal es anterior a la primera alarma.",
        "Vemos una intrusión confirmada y un aviso que nadie ha podido confirmar todavía.",
    ],
    reasons: &[
        "Actuamos sobre lo verificado, conservamos las pruebas y revisamos la decisión en treinta minutos.",
        "Mantener el aviso a la población pesa más que restablecer la facturación.",
        "Los pares con el mismo proveedor pueden ser los siguientes: se les avisa enseguida con TLP:AMBER.",
        "Esperar cuesta más que equivocarse, y la medida se puede deshacer.",
    ],
};
