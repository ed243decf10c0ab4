//! The accent of the page: one colour, from which those are made that text can be read in (WCAG 2.2, 1.4.3).

/// A colour in sRGB: red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Color([u8; 3]);

/// The darkest background of `page.css` by day, and the lightest one in the dark. Text that has contrast enough on these
/// has it on all others.
const BACKGROUNDS: [Color; 2] = [Color([0xf4, 0xf6, 0xf5]), Color([0x22, 0x2a, 0x26])];
const WHITE: Color = Color([255; 3]);
const BLACK: Color = Color([0; 3]);
/// The least contrast of text.
const CONTRAST: f64 = 4.5;
/// In how many steps a colour becomes black or white.
const STEPS: u32 = 50;

impl Color {
    /// A colour as CSS writes it in hexadecimal: `#0a6349`, `#0a6`.
    pub fn parse(text: &str) -> Option<Color> {
        let digits = text.strip_prefix('#')?;
        let digits: Vec<u8> =
            digits.chars().map(|it| it.to_digit(16).map(|it| it as u8)).collect::<Option<_>>()?;
        match *digits {
            [r, g, b] => Some(Color([r * 17, g * 17, b * 17])),
            [r, red, g, green, b, blue] => {
                Some(Color([r * 16 + red, g * 16 + green, b * 16 + blue]))
            }
            _ => None,
        }
    }

    /// The colour as CSS writes it.
    pub fn css(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// Relative luminance, from 0 to 1.
    fn luminance(self) -> f64 {
        let linear = self.0.map(|it| {
            let it = f64::from(it) / 255.0;
            if it <= 0.04045 { it / 12.92 } else { ((it + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// The contrast of two colours, from 1 to 21.
    fn contrast(self, other: Color) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The colour, or as much nearer to another one as text needs on that background.
    fn readable_on(self, background: Color, towards: Color) -> Color {
        let mixed = (0..=STEPS).map(|step| {
            let mut color = self.0;
            for (part, end) in color.iter_mut().zip(towards.0) {
                let sum = u32::from(*part) * (STEPS - step) + u32::from(end) * step;
                // A mean of two bytes is one.
                *part = (sum / STEPS) as u8;
            }
            Color(color)
        });
        mixed.into_iter().find(|it| it.contrast(background) >= CONTRAST).unwrap_or(towards)
    }

    /// Black or white, whichever can be read on it: one of them always has a contrast of 4.58.
    pub fn text_on(self) -> Color {
        if self.contrast(WHITE) >= self.contrast(BLACK) { WHITE } else { BLACK }
    }

    /// Rules for the custom properties of `page.css`; for screens only, since paper has no accent.
    pub fn style(self) -> String {
        let [light, dark] = BACKGROUNDS;
        let rule = |accent: Color| {
            let on = accent.text_on().css();
            format!(":root{{--accent:{};--on-accent:{on}}}", accent.css())
        };
        let (day, night) = (self.readable_on(light, BLACK), self.readable_on(dark, WHITE));
        format!(
            "@media screen{{{}}}\n@media screen and (prefers-color-scheme:dark){{{}}}\n",
            rule(day),
            rule(night)
        )
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn colors_are_hexadecimal() {
        assert_eq!(Color::parse("#0a6349").unwrap().css(), "#0a6349");
        assert_eq!(Color::parse("#FA0").unwrap().css(), "#ffaa00");
        for text in ["", "#", "0a6349", "#0a634", "#0a63499", "#0a634g", "red", "#é12"] {
            assert_eq!(Color::parse(text), None, "{text}");
        }
    }

    /// The colours of `page.css` that text stands on, by day and in the dark.
    fn backgrounds() -> [Vec<Color>; 2] {
        let style = include_str!("page.css");
        let (day, dark) = style.split_once("prefers-color-scheme: dark").unwrap();
        [day, dark].map(|style| {
            ["--page:", "--card:", "--label:"]
                .map(|name| {
                    let (_, value) = style.split_once(name).unwrap();
                    Color::parse(value.split(';').next().unwrap().trim()).unwrap()
                })
                .to_vec()
        })
    }

    #[test]
    fn text_can_be_read_in_every_accent_on_every_background() {
        let backgrounds = backgrounds();
        let levels = [0, 10, 64, 99, 128, 180, 220, 255];
        for [red, green, blue] in levels
            .iter()
            .flat_map(|red| levels.iter().flat_map(|green| levels.map(|blue| [*red, *green, blue])))
        {
            let accent = Color([red, green, blue]);
            let [light, dark] = BACKGROUNDS;
            let shown = [accent.readable_on(light, BLACK), accent.readable_on(dark, WHITE)];
            for (shown, backgrounds) in shown.into_iter().zip(&backgrounds) {
                assert!(shown.contrast(shown.text_on()) >= CONTRAST, "{}", accent.css());
                for background in backgrounds {
                    let contrast = shown.contrast(*background);
                    assert!(contrast >= CONTRAST, "{} on {}", accent.css(), background.css());
                }
            }
        }
        // One that can be read stays as it is.
        assert!(
            Color::parse("#0a6349")
                .unwrap()
                .style()
                .contains("--accent:#0a6349;--on-accent:#ffffff")
        );
    }
}
