//! `officedir stock`: the label stock that is known, as a list or one product with a drawing.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use officedir::stock::{Catalogue, Stock};
use officedir::text::printable;

use super::{CliError, FINE, color};

/// List the sheets, rolls, envelopes and letters that are known
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct StockArguments {
    #[command(subcommand)]
    command: Option<StockCommand>,

    /// Only stock with all of these words in its name, brand, kind or part numbers
    search: Vec<String>,

    #[command(flatten)]
    files: StockFileArguments,
}

/// What can be asked for besides the list.
#[derive(clap::Subcommand)]
enum StockCommand {
    /// Show the figures of one product, and a drawing
    Show {
        /// The product, such as avery-l7160
        name: String,

        #[command(flatten)]
        files: StockFileArguments,
    },
}

/// Files with products, for every command that takes stock.
#[derive(clap::Args)]
pub(super) struct StockFileArguments {
    /// A file with products of your own, [[stock]] tables in TOML or gLabels templates; repeatable
    #[arg(long, value_name = "FILE")]
    stock_file: Vec<PathBuf>,
}

/// Prints the list or one product.
pub(super) fn run(arguments: &StockArguments) -> Result<u8, CliError> {
    let text = match &arguments.command {
        Some(StockCommand::Show { name, files }) => describe(files.catalogue()?.find(name)?),
        None => list(&arguments.files.catalogue()?, &arguments.search)?,
    };
    super::say_painted(&text, color::list)?;
    Ok(FINE)
}

impl StockFileArguments {
    /// The files, for whoever asks what is read.
    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.stock_file.iter().map(PathBuf::as_path)
    }

    /// The built-in products and those of the files.
    pub(super) fn catalogue(&self) -> Result<Catalogue, CliError> {
        // A list that goes to standard output must not go into one of the files that it is made from.
        super::inputs(self.paths())?;
        let mut catalogue = Catalogue::built_in()?;
        self.stock_file.iter().try_for_each(|path| catalogue.add_file(path))?;
        // A gLabels file has hundreds of products; one that cannot be used is no reason to refuse the
        // others.
        for (name, why) in catalogue.left_out() {
            let [name, why] = [name, why].map(|it| printable(it));
            super::warn(&format!("warning: left out: stock \"{name}\": {why}\n"));
        }
        Ok(catalogue)
    }
}

/// A line for each product: name, kind, how many, and sizes.
fn list(catalogue: &Catalogue, words: &[String]) -> Result<String, CliError> {
    let mut text = String::new();
    for stock in catalogue.search(words) {
        let [width, height] = stock.label;
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{:<18} {:<9} {:>4} of {width} x {height} mm on {} x {} mm",
            printable(&stock.name),
            stock.kind.as_str(),
            stock.per_page(),
            stock.page[0],
            stock.page[1]
        );
    }
    if text.is_empty() {
        return Err(CliError::new(format!("no stock matches {:?}", words.join(" ")))
            .help("run `officedir stock` to list them all"));
    }
    Ok(text)
}

/// The figures of a product, each with what it means, and the drawing.
fn describe(stock: &Stock) -> String {
    let also = if stock.also.is_empty() {
        String::new()
    } else {
        format!(" (also listed as {})", printable(&stock.also.join(", ")))
    };
    let [name, brand, part, source] =
        [&stock.name, &stock.brand, &stock.part, &stock.source].map(|it| printable(it));
    let ([columns, rows], area) = (stock.grid, stock.text_area());
    let turned = if stock.turned { ", text along the height" } else { "" };
    let lines = [
        format!("{name}: {}, {brand} {part}{also}", stock.kind.as_str()),
        format!("page     {} x {} mm", stock.page[0], stock.page[1]),
        format!("labels   {}: {columns} across, {rows} down", stock.per_page()),
        format!(
            "label    {} x {} mm, corners of {} mm",
            stock.label[0], stock.label[1], stock.corner
        ),
        format!(
            "first    {} mm from the left, {} mm from the top",
            stock.origin[0], stock.origin[1]
        ),
        format!("pitch    {} mm across, {} mm down", stock.pitch[0], stock.pitch[1]),
        format!(
            "margin   {} mm across, {} mm down are not printed",
            stock.margin[0], stock.margin[1]
        ),
        format!("text     {:.2} x {:.2} mm of each label{turned}", area.width, area.height),
        format!("source   {source}"),
    ];
    lines.join("\n") + "\n\n" + &stock.drawing()
}
