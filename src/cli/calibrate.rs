//! `officedir calibrate`: a sheet to measure a printer with. The sheet itself is drawn by the labels
//! writer.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use officedir::stock::PrinterProfile;
use officedir::writers::labels::{calibration, calibration_help, measured_profile};

use super::stock::StockFileArguments;
use super::{CliError, FINE, Inputs};

/// Make a sheet to measure the profile of a printer with
#[derive(clap::Args)]
pub(super) struct CalibrateArguments {
    /// The stock to print on, as `officedir stock` lists it
    #[arg(long, value_name = "NAME", default_value = "avery-l7160")]
    stock: String,

    #[command(flatten)]
    files: StockFileArguments,

    /// A printer profile to check: TOML with offset, scale and rotation
    #[arg(long, value_name = "FILE")]
    printer: Option<PathBuf>,

    /// Write the profile instead of the sheet, from what was measured of it in mm: the bars across and down, the middle
    /// cross from the left and from the top, the crosses at the top left and bottom left from the left
    #[arg(long, value_name = "MM,MM,MM,MM,MM,MM", value_parser = measures)]
    measured: Option<[f64; 6]>,

    /// The file to write, or - for standard output [default: calibrate-NAME.pdf, or printer.toml]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Parses six measures, for clap.
fn measures(text: &str) -> Result<[f64; 6], String> {
    let figures: Result<Vec<f64>, _> = text.split(',').map(|it| it.trim().parse()).collect();
    let figures = figures.ok().and_then(|it| it.try_into().ok());
    figures
        .ok_or_else(|| "six lengths in mm are needed, as in 100,99.8,105.5,148,10,10.2".to_owned())
}

/// Writes the sheet or the profile, then says how to measure it: not everybody reads what is printed on it.
pub(super) fn run(arguments: &CalibrateArguments) -> Result<u8, CliError> {
    // The profile is an input as the stock is: `--out` must not replace the figures that the sheet checks.
    let inputs = super::inputs(arguments.files.paths().chain(arguments.printer.as_deref()))?;
    let catalogue = arguments.files.catalogue()?;
    let stock = catalogue.find(&arguments.stock)?;
    let printer = arguments.printer.as_ref().map(|path| PrinterProfile::read(path)).transpose()?;
    if let Some(measured) = arguments.measured {
        let profile = measured_profile(stock, measured, &printer.unwrap_or_default())?.to_toml();
        let out = arguments.out.clone().unwrap_or_else(|| "printer.toml".into());
        write_out(&out, profile.as_bytes(), &inputs)?;
        return Ok(FINE);
    }
    let pdf = calibration(stock, printer.as_ref())?;
    let default = || format!("calibrate-{}.pdf", stock.name).into();
    let out = arguments.out.clone().unwrap_or_else(default);
    write_out(&out, &pdf, &inputs)?;
    // On standard error, so that `--out -` has the PDF alone.
    super::warn(&(calibration_help(stock).join("\n") + "\n"));
    Ok(FINE)
}

/// Writes a file, or standard output for `-`.
fn write_out(out: &Path, bytes: &[u8], inputs: &Inputs) -> Result<(), CliError> {
    if out.as_os_str() == "-" {
        io::stdout().lock().write_all(bytes)?;
    } else {
        super::write(out, bytes, inputs)?;
        super::warn(&format!("wrote {}\n", out.display()));
    }
    Ok(())
}
