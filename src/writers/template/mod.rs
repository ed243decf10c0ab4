//! Writers that are templates: Jinja's language, as [minijinja](https://docs.rs/minijinja) has it.
//!
//! `docs/writing-a-plugin.md` shows how to write one, and `examples/templates` has several.
//!
//! A template sees what `officedir context` prints. Every member of the schema is there, as `none` or an
//! empty list where an office has nothing; a name that does not exist is an error. Values are escaped for
//! the format that the template's file name ends in. A template reads no file but those in its own
//! folder and below, and is held to limits of steps, depth, size, time and memory: most by minijinja's fuel,
//! the rest by `scan`, `nested` and `guarded`.

pub(super) mod escape;
mod filters;
mod guarded;
mod loader;
mod nested;
mod offices;
mod scan;
mod shape;
mod watch;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, context};

use self::escape::EscapeFormat;
use self::guarded::{TemplateFailure, TemplateThread, TemplateWork};
use self::loader::LoadedNames;
use self::offices::OfficeLines;
use self::shape::ContextShape;
use super::view::TemplateOffice;
use super::{Assembler, OfficeOutput, OptionInfo, OptionKind, TargetFiles, Writer, WriterOptions};
use crate::directory::Context;
use crate::error::Error;
use crate::model::Office;
use crate::storage::Inputs;
use crate::writers::Target;

/// What a template may do, and as much more for each office, in minijinja's fuel: an instruction or 64 bytes
/// that come to be anywhere cost 1. A page of text takes some hundreds.
const FUEL: u64 = 1_000_000;
/// Fuel for each office on top of that, where a template sees all of them.
const FUEL_AN_OFFICE: u64 = 20_000;
/// Includes and macros within each other.
const DEPTH: usize = 100;
/// The options of a template on the command line.
pub static OPTIONS: &[OptionInfo] = &[
    OptionInfo {
        name: "file",
        help: "the template, such as letters.tex.j2",
        kind: OptionKind::Files,
        default: "",
    },
    OptionInfo {
        name: "name",
        help: "the file that is written, with {id} in it one for each office; else the template's \
               name without .j2",
        kind: OptionKind::Text,
        default: "",
    },
    OptionInfo {
        name: "escape",
        help: "the format that values are escaped for; else by the template's file name",
        kind: OptionKind::Choice(EscapeFormat::NAMES),
        default: "",
    },
];

/// A template that is a writer.
#[derive(Clone, Debug)]
pub struct Template {
    /// Path of the template.
    path: PathBuf,
    /// Name of the file that is written; with `{id}` in it, one for each office.
    file: String,
    /// The format that values are escaped for.
    escape: EscapeFormat,
}

impl Template {
    /// A template from the pairs of [`OPTIONS`] that were given.
    ///
    /// # Errors
    /// An option that cannot be used, or none that names the template.
    pub fn from_pairs(given: &[(String, String)]) -> Result<Self, Error> {
        let checked = WriterOptions::check(OPTIONS, given);
        let options = checked.map_err(|error| error.within("template"))?;
        let Some(path) = options.get("file") else {
            let error = Error::new("template: no template is named");
            return Err(error.with_help("template:file=letters.tex.j2"));
        };
        let path = PathBuf::from(path);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let made = ["j2", "jinja", "jinja2"]
            .iter()
            .find_map(|it| name.strip_suffix(it)?.strip_suffix('.'))
            .unwrap_or(&name);
        let escape =
            options.get("escape").map_or_else(|| EscapeFormat::of(made), EscapeFormat::named);
        let file = options.get("name").unwrap_or(made).to_owned();
        Ok(Template { path, file, escape })
    }

    /// A target that this template writes; with a `file`, into that one.
    ///
    /// # Errors
    /// If the template cannot be read or is none.
    pub fn target(&self, file: Option<String>) -> Result<Target, Error> {
        let pattern = file.unwrap_or_else(|| self.file.clone());
        let name = format!("template:{}", self.path.display());
        let names = Arc::new(LoadedNames::default());
        let inputs = Inputs::default();
        let environment = self
            .environment(&names, inputs.clone())
            .map_err(|why| Error::new(format!("{name}: {why}")))?;
        let writer = TemplateWriter {
            environment: Arc::new(environment),
            main: self.main(),
            name: name.clone(),
            pattern: pattern.contains("{id}").then(|| pattern.clone()),
            shape: ContextShape::of_offices(),
            names,
            threads: Mutex::default(),
            limited: OnceLock::new(),
        };
        writer.compile().map_err(|why| Error::new(format!("{name}: {why}")))?;
        // The id stands for every id here: what is checked is the rest of the name.
        let file = pattern.replace("{id}", "id");
        Ok(Target::with_writer(name, file, Box::new(writer))?.reading(inputs))
    }

    /// Name of the template within its folder.
    fn main(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// What the template is read by, which tells `inputs` of every file that it reads.
    fn environment(
        &self,
        names: &Arc<LoadedNames>,
        inputs: Inputs,
    ) -> Result<Environment<'static>, String> {
        let folder = self.path.parent().filter(|it| !it.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        // Canonical, because the loader compares paths with it to see where links lead.
        let folder = std::fs::canonicalize(folder)
            .map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
        let mut environment = Environment::new();
        let names = Arc::clone(names);
        environment.set_loader(move |name| loader::load(&folder, &names, &inputs, name));
        // A misspelt name would otherwise be an empty text in the output.
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_recursion_limit(DEPTH);
        environment.set_fuel(Some(FUEL));
        // Only so do errors know the template's text, from which messages quote.
        environment.set_debug(true);
        environment.set_syntax(syntax().map_err(|error| error.to_string())?);
        self.escape.install(&mut environment);
        filters::install(&mut environment);
        guarded::install(&mut environment);
        Ok(environment)
    }
}

/// Lines that hold nothing but a tag leave nothing behind, and the last line keeps its end.
fn syntax() -> Result<SyntaxConfig, minijinja::Error> {
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build()
}

/// A template that was read and compiled.
struct TemplateWriter {
    /// Filters, limits and compiled templates, which the threads share.
    environment: Arc<Environment<'static>>,
    /// The template's name in its folder.
    main: String,
    /// What messages call it.
    name: String,
    /// The name of each office's file, where each has its own.
    pattern: Option<String>,
    /// What is filled in where an office has nothing.
    shape: ContextShape,
    /// The templates that were loaded, to name the place where one was stopped.
    names: Arc<LoadedNames>,
    /// Threads that have nothing to do.
    threads: Mutex<Vec<TemplateThread>>,
    /// What it takes too much of, once it has for one office.
    limited: OnceLock<String>,
}

/// The file of one office, or why there is none.
type OfficeFile = (String, Result<String, String>);

impl TemplateWriter {
    /// Compiles the template, which has to do with its depth as rendering has.
    fn compile(&self) -> Result<(), String> {
        let (environment, main) = (Arc::clone(&self.environment), self.main.clone());
        let work: TemplateWork = Box::new(move |_| {
            environment.get_template(&main).map(drop).map_err(|error| failure(&error))
        });
        let thread = TemplateThread::new(1).map_err(|error| error.to_string())?;
        thread.run(work, &mut |_| Ok(())).map_err(|failure| self.explain(&failure))?;
        self.threads().push(thread);
        Ok(())
    }

    /// Renders the template with what it sees.
    fn rendering(&self, environment: Arc<Environment<'static>>, all: Value) -> TemplateWork {
        let main = self.main.clone();
        Box::new(move |out| {
            let template = environment.get_template(&main);
            let rendered = template.and_then(|it| it.render_captured_to(all, out).map(drop));
            rendered.map_err(|error| failure(&error))
        })
    }

    /// What the template gives that sees this.
    fn rendered(&self, id: &str, all: Value) -> Result<String, String> {
        if let Some(why) = self.limited.get() {
            // Every office would take as long to fail.
            return Err(why.clone());
        }
        let of_office = |why: &str| format!("office \"{id}\": {why}");
        let idle = self.threads().pop();
        let thread = idle.map_or_else(|| TemplateThread::new(1), Ok);
        let thread = thread.map_err(|error| of_office(&error.to_string()))?;
        let mut text = Vec::new();
        let work = self.rendering(Arc::clone(&self.environment), all);
        let ran = thread.run(work, &mut |bytes| {
            text.extend(bytes.unwrap_or_default());
            Ok(())
        });
        // One that was told to stop may still be at work, and is left to itself.
        if thread.is_free() {
            self.threads().push(thread);
        }
        ran.map_err(|failure| {
            let why = of_office(&self.explain(&failure));
            match failure {
                TemplateFailure::Limit(..) | TemplateFailure::Fuel(_) => {
                    self.limited.get_or_init(|| why).clone()
                }
                _ => why,
            }
        })?;
        String::from_utf8(text).map_err(|error| of_office(&error.to_string()))
    }

    /// The threads that have nothing to do, locked.
    fn threads(&self) -> MutexGuard<'_, Vec<TemplateThread>> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What went wrong, with its place.
    fn explain(&self, failure: &TemplateFailure) -> String {
        match failure {
            TemplateFailure::Template(why) | TemplateFailure::Fuel(why) => why.clone(),
            TemplateFailure::Limit(mark, why) => match self.names.place(*mark) {
                Some(place) => format!("{place}: {why}; does a value grow with every step?"),
                None => format!("{}: {why}", self.main),
            },
            TemplateFailure::Other(error) => error.to_string(),
        }
    }

    /// An error of the export, which names the template.
    fn error(&self, why: &str) -> io::Error {
        io::Error::other(format!("{}: {why}", self.name))
    }
}

impl Writer for TemplateWriter {
    fn office(&self, context: &Context<'_>, office: &Office<'_>, piece: &mut OfficeOutput) {
        let view = TemplateOffice::new(context, office);
        let Some(pattern) = &self.pattern else {
            return OfficeLines::append(&view, &mut piece.bytes);
        };
        let all = context! { office => self.shape.office(&view, context.used()), ..base(&self.shape, context) };
        let text = self.rendered(&office.id, all);
        let file: OfficeFile = (pattern.replace("{id}", &office.id), text);
        piece.keep(file);
    }

    fn join<'a>(&'a self, context: &'a Context<'a>) -> Option<Box<dyn Assembler + 'a>> {
        Some(match self.pattern {
            Some(_) => Box::new(EachOffice { writer: self }),
            None => Box::new(AllOffices { writer: self, context, offices: OfficeLines::default() }),
        })
    }
}

/// What every template sees besides offices.
fn base(shape: &ContextShape, context: &Context<'_>) -> Value {
    let header = shape.header(context.header);
    context! { headquarters => context.headquarters(), ..header }
}

/// What a template sees: of one office where it makes a file for each, else of all offices.
///
/// # Errors
/// If there is no office of that id.
pub fn visible(
    context: &Context<'_>,
    offices: &[Office<'_>],
    one: Option<&str>,
) -> Result<serde_json::Value, Error> {
    let shape = ContextShape::of_offices();
    let view =
        |office: &Office<'_>| shape.office(&TemplateOffice::new(context, office), context.used());
    let value = match one {
        Some(id) => {
            let office = offices.iter().find(|it| it.id == id).ok_or_else(|| {
                Error::unknown("office", id, offices.iter().map(|it| it.id.as_str()))
            })?;
            context! { office => view(office), ..base(&shape, context) }
        }
        None => {
            let offices: Vec<Value> = offices.iter().map(view).collect();
            context! { offices, ..base(&shape, context) }
        }
    };
    serde_json::to_value(value).map_err(|error| Error::new(error.to_string()))
}

/// The ordered half of a template that makes a file for each office.
struct EachOffice<'a> {
    /// The template.
    writer: &'a TemplateWriter,
}

impl Assembler for EachOffice<'_> {
    fn append(&mut self, piece: &mut OfficeOutput, files: &mut TargetFiles<'_>) -> io::Result<()> {
        piece.take::<OfficeFile>().try_for_each(|(name, file)| {
            files.whole(&name, file.map_err(|why| self.writer.error(&why))?.as_bytes())
        })
    }

    fn finish(self: Box<Self>, _files: &mut TargetFiles<'_>) -> io::Result<()> {
        Ok(())
    }
}

/// The ordered half of a template that sees all offices: it waits for the last one.
struct AllOffices<'a> {
    /// The template.
    writer: &'a TemplateWriter,
    /// What the template sees besides offices.
    context: &'a Context<'a>,
    /// The offices so far.
    offices: OfficeLines,
}

impl Assembler for AllOffices<'_> {
    fn append(&mut self, piece: &mut OfficeOutput, _files: &mut TargetFiles<'_>) -> io::Result<()> {
        self.offices.extend(&piece.bytes);
        Ok(())
    }

    fn finish(self: Box<Self>, files: &mut TargetFiles<'_>) -> io::Result<()> {
        let AllOffices { writer, context, offices } = *self;
        let count = offices.len() as u64;
        // Fuel belongs to an environment: this one has as much as so many offices are given.
        let mut environment = Environment::clone(&writer.environment);
        environment.set_fuel(Some(FUEL + FUEL_AN_OFFICE * count));
        let offices = offices.into_value(writer.shape.clone(), context.used().clone());
        let all = context! { offices, ..base(&writer.shape, context) };
        let thread =
            TemplateThread::new(count).map_err(|error| writer.error(&error.to_string()))?;
        // Opened before anything is printed: a template that prints nothing makes an empty file.
        files.main()?;
        let ran = thread.run(writer.rendering(Arc::new(environment), all), &mut |bytes| {
            files.check_interrupted()?;
            bytes.map_or(Ok(()), |bytes| files.main()?.write_all(&bytes))
        });
        ran.map_err(|failure| match failure {
            // The disk's trouble is not the template's.
            TemplateFailure::Other(error) => error,
            failure => writer.error(&writer.explain(&failure)),
        })
    }
}

/// Tells a template that has used up its fuel from one with a mistake.
fn failure(error: &minijinja::Error) -> TemplateFailure {
    match error.kind() {
        ErrorKind::OutOfFuel => TemplateFailure::Fuel(explain(error)),
        _ => TemplateFailure::Template(explain(error)),
    }
}

/// A template's error: file, line, cause, the place's text, and what to do.
fn explain(error: &minijinja::Error) -> String {
    // An error within an include is wrapped in one for each include: the innermost has the cause.
    // Not every one that a filter passes on has a place of its own.
    let (mut inner, mut placed) = (error, error);
    while let Some(next) =
        std::error::Error::source(inner).and_then(|it| it.downcast_ref::<minijinja::Error>())
    {
        inner = next;
        placed = if next.line().is_some() { next } else { placed };
    }
    let mut text = match (placed.name(), placed.line()) {
        (Some(name), Some(line)) => format!("{name}:{line}: {}", inner.kind()),
        _ => inner.kind().to_string(),
    };
    let detail = inner.detail().map(str::to_owned);
    let cause = std::error::Error::source(inner).map(ToString::to_string);
    for part in [detail, cause].into_iter().flatten() {
        text = format!("{text}: {part}");
    }
    let place = placed.range().and_then(|range| placed.template_source()?.get(range));
    if let Some(place) = place.and_then(|it| it.trim().lines().next()).filter(|it| !it.is_empty()) {
        text = format!("{text}: {}", place.chars().take(60).collect::<String>());
    }
    let help = match inner.kind() {
        ErrorKind::UndefinedError => "\"officedir context\" prints what there is",
        ErrorKind::TemplateNotFound => "templates are read from the template's own folder only",
        ErrorKind::OutOfFuel => "it does or writes more than a template may: is a loop endless?",
        _ => return text,
    };
    format!("{text}; {help}")
}
