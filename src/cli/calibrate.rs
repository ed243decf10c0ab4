//! `officedir calibrate`: a sheet to measure a printer with. The sheet itself is drawn by the labels
//! writer.

use std::io::{self, Write};
use std::path::PathBuf;

use officedir::stock::PrinterProfile;
use officedir::writers::labels::{calibration, calibration_help};

use super::stock::StockFileArguments;
use super::{CliError, FINE};

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

    /// The PDF to write, or - for standard output [default: calibrate-NAME.pdf]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Writes the sheet, then says how to measure it: not everybody reads what is printed on it.
pub(super) fn run(arguments: &CalibrateArguments) -> Result<u8, CliError> {
    // The profile is an input as the stock is: `--out` must not replace the figures that the sheet checks.
    let inputs = super::inputs(arguments.files.paths().chain(arguments.printer.as_deref()))?;
    let catalogue = arguments.files.catalogue()?;
    let stock = catalogue.find(&arguments.stock)?;
    let printer = arguments.printer.as_ref().map(|path| PrinterProfile::read(path)).transpose()?;
    let pdf = calibration(stock, printer.as_ref())?;
    let default = || format!("calibrate-{}.pdf", stock.name).into();
    let out = arguments.out.clone().unwrap_or_else(default);
    if out.as_os_str() == "-" {
        io::stdout().lock().write_all(&pdf)?;
    } else {
        super::write(&out, &pdf, &inputs)?;
        super::warn(&format!("wrote {}\n", out.display()));
    }
    // On standard error, so that `--out -` has the PDF alone.
    super::warn(&(calibration_help(stock).join("\n") + "\n"));
    Ok(FINE)
}
