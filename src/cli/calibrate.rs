use std::io::{self, Write};
use std::path::{Path, PathBuf};

use officedir::writers::labels::{Profile, calibration, calibration_help};

use super::stock::Files;
use super::{FINE, Failure};

/// Make a sheet by which a printer's profile is found
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The stock that will be printed on, as `officedir stock` lists it
    #[arg(long, value_name = "NAME", default_value = "avery-l7160")]
    stock: String,

    #[command(flatten)]
    files: Files,

    /// A printer profile, to see whether it is right: TOML with offset, scale and rotation
    #[arg(long, value_name = "FILE")]
    printer: Option<PathBuf>,

    /// The PDF to write, or - for standard output [default: calibrate-NAME.pdf]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let catalogue = arguments.files.catalogue()?;
    let stock = catalogue.find(&arguments.stock)?;
    let printer = arguments.printer.as_ref().map(|path| Profile::read(path)).transpose()?;
    let pdf = calibration(stock, printer.as_ref())?;
    let default = || format!("calibrate-{}.pdf", stock.name).into();
    let out = arguments.out.clone().unwrap_or_else(default);
    if out.as_os_str() == "-" {
        io::stdout().lock().write_all(&pdf)?;
    } else {
        replace(&out, &pdf)
            .map_err(|error| Failure::new(format!("cannot write {}: {error}", out.display())))?;
        super::warn(&format!("wrote {}\n", out.display()));
    }
    super::warn(&(calibration_help(stock).join("\n") + "\n"));
    Ok(FINE)
}

/// Puts a file in the place of what is there, as a whole or not at all.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
