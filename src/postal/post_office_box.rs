//! What a post-office box is called, by country.

/// What stands in front of the number of a post-office box, by the country's usage ("Global Sourcebook
/// for International Data Management", section Post Office Box). English is understood elsewhere.
pub(super) fn designation(country: &str) -> &'static str {
    match country {
        "AT" | "CH" | "DE" | "LI" => "Postfach ",
        "AR" => "Casilla de Correo ",
        "BR" => "Caixa Postal ",
        "CL" => "Casilla ",
        "DK" | "NO" => "Postboks ",
        "ES" | "PT" => "Apartado ",
        "FI" => "PL ",
        "FR" | "GF" | "GP" | "MC" | "MQ" | "NC" | "PF" | "RE" => "BP ",
        "HU" => "Pf. ",
        "IT" | "SM" | "VA" => "Casella Postale ",
        "MX" => "Apartado Postal ",
        "NL" => "Postbus ",
        "PL" => "skr. poczt. ",
        "SE" => "Box ",
        "TR" => "P.K. ",
        _ => "PO Box ",
    }
}
