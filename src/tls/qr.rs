//! A QR code in half blocks, for a terminal. It is drawn light on dark and with its quiet zone, so that a
//! phone reads it off a screen of either colour.

use qrcodegen::{QrCode, QrCodeEcc};

/// Modules around the code that stay empty.
const QUIET: i32 = 2;

/// The code of a text, two modules a line; none if the text is too long for any.
#[must_use]
pub fn blocks(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let dark = |x: i32, y: i32| code.get_module(x, y);
    let mut drawn = String::new();
    for y in (-QUIET..code.size() + QUIET).step_by(2) {
        for x in -QUIET..code.size() + QUIET {
            drawn.push(match (dark(x, y), dark(x, y + 1)) {
                (false, false) => '\u{2588}',
                (false, true) => '\u{2580}',
                (true, false) => '\u{2584}',
                (true, true) => ' ',
            });
        }
        drawn.push('\n');
    }
    Some(drawn)
}
