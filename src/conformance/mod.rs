//! What a program must do to be a writer, as a suite that is run against one: `officedir writers check NAME`.
//!
//! The suite stands beside the exports and not within the writers, because it does what a host never does:
//! it gives up half-way, speaks an unknown protocol, and adds members of a later version. Each case starts
//! the program anew.

mod conversation;
mod trial;

use serde_json::{Value, json};

use crate::conformance::conversation::TestConversation;
use crate::conformance::trial::ExportTrial;
use crate::writers::TORTURE;
use crate::writers::external::Program;

/// One thing that is tried.
pub struct ConformanceCase {
    /// Its name.
    pub name: &'static str,
    /// What the program is expected to do.
    pub expected: &'static str,
    /// Tries it; each call starts the program anew.
    run: fn(&Program) -> CaseResult,
}

/// What was seen, or what went wrong.
pub type CaseResult = Result<String, String>;

impl ConformanceCase {
    /// Tries it.
    ///
    /// # Errors
    /// What the program has done that it must not do.
    pub fn run(&self, program: &Program) -> CaseResult {
        (self.run)(program)
    }
}

/// Every case. All but the first need a program that says hello.
pub static CASES: &[ConformanceCase] = &[
    ConformanceCase { name: "hello", expected: "hello in time", run: hello },
    ConformanceCase {
        name: "asked for hello",
        expected: "the end of the program",
        run: hello_only,
    },
    ConformanceCase { name: "empty directory", expected: "done with 0 offices", run: empty },
    ConformanceCase { name: "hard directory", expected: "the offices, or why not", run: torture },
    ConformanceCase {
        name: "the same again",
        expected: "the same bytes in the same files",
        run: twice,
    },
    ConformanceCase {
        name: "options",
        expected: "an export with every value of hello",
        run: values,
    },
    ConformanceCase { name: "10,000 offices", expected: "done with 10,000 offices", run: many },
    ConformanceCase { name: "new members", expected: "done as without them", run: members },
    ConformanceCase {
        name: "unknown protocol",
        expected: "error, or a status other than 0",
        run: protocol,
    },
    ConformanceCase {
        name: "given up",
        expected: "a status other than 0 without \"end\"",
        run: given_up,
    },
];

/// It says hello in time, with options and a name that can be used.
fn hello(program: &Program) -> CaseResult {
    let hello = program.hello().map_err(|error| error.to_string())?;
    // The name of its file is looked at here.
    program.target(Vec::new()).map_err(|error| error.to_string())?;
    let options: Vec<&str> = hello.options.iter().map(|it| it.name.as_str()).collect();
    let options = if options.is_empty() { "none".into() } else { options.join(", ") };
    Ok(format!("writes {}; options: {options}", hello.file))
}

/// It ends when its input ends after hello: the host only asked for its options.
fn hello_only(program: &Program) -> CaseResult {
    // The host ends the conversation at this point whenever it only asks for the options.
    match TestConversation::new(program)?.end(b"")?.done {
        Some(_) => Err("says that it is done, though its input ended after hello".into()),
        None => Ok("ends".into()),
    }
}

/// It exports a directory without offices.
fn empty(program: &Program) -> CaseResult {
    // Without offices nothing but the frame of the conversation is left to go wrong.
    let directory = json!({"organization": {"name": "Nobody"}, "offices": []}).to_string();
    Ok(ExportTrial::run(program, &directory, Vec::new())?.to_string())
}

/// It exports the directory with everything that is hard, or says which office it cannot write.
fn torture(program: &Program) -> CaseResult {
    let trial = ExportTrial::run(program, TORTURE, Vec::new())?;
    trial.check_problems(TORTURE)?;
    // It may refuse offices, but it must not write nothing and keep silent about it.
    if trial.files.is_empty() && !trial.refused() {
        return Err("writes nothing and does not report why".into());
    }
    Ok(trial.to_string())
}

/// It gives the same bytes for the same offices.
fn twice(program: &Program) -> CaseResult {
    let first = ExportTrial::run(program, TORTURE, Vec::new())?;
    let second = ExportTrial::run(program, TORTURE, Vec::new())?;
    // What was written until an office was refused is dropped, so it need not be the same.
    if first.refused() {
        return Ok("nothing to compare: it refuses offices".into());
    }
    // By hashes: the files of a trial are not kept.
    let differs = |name: &&String| first.files.get(*name) != second.files.get(*name);
    // The names of both are gone through, since either run may lack a file of the other.
    match first.files.keys().chain(second.files.keys()).find(differs) {
        Some(name) => Err(format!("writes {name} differently the second time")),
        None if first.problems != second.problems => {
            Err("reports other losses and findings the second time".into())
        }
        None => Ok(format!("{} files", first.files.len())),
    }
}

/// It takes every value that it declares.
fn values(program: &Program) -> CaseResult {
    let hello = program.hello().map_err(|error| error.to_string())?;
    let mut count = 0;
    for option in &hello.options {
        // One value at a time: the number of all combinations is the product of all options.
        for value in &option.values {
            let given = vec![(option.name.clone(), value.clone())];
            ExportTrial::run(program, TORTURE, given)
                .map_err(|why| format!("with {}={value}: {why}", option.name))?;
            count += 1;
        }
    }
    Ok(format!("{count} values"))
}

/// It reads ten thousand offices while it writes: neither side may wait for the other to finish.
fn many(program: &Program) -> CaseResult {
    let mut directory: Value = serde_json::from_str(TORTURE).map_err(|it| it.to_string())?;
    let mut models = directory["offices"].as_array().cloned().unwrap_or_default();
    // Many offices are tried here, and not much of each.
    // Ten thousand times ten kilobytes would test patience and nothing else.
    models.retain(|office| office.to_string().len() < 2_000);
    let office = |(number, model): (usize, &Value)| {
        let mut office = model.clone();
        office["id"] = format!("office-{number}").into();
        if let Some(members) = office.as_object_mut() {
            // Its id is not among the copies.
            members.remove("parent");
        }
        office
    };
    directory["offices"] = models.iter().cycle().take(10_000).enumerate().map(office).collect();
    Ok(ExportTrial::run(program, &directory.to_string(), Vec::new())?.to_string())
}

/// It passes over members that it does not know.
fn members(program: &Program) -> CaseResult {
    let conversation = TestConversation::new(program)?;
    let lines = conversation.lines(|message| {
        message["x-new"] = json!({"of": ["a", "later", "version"]});
    })?;
    let count = conversation.end(&lines.concat())?.succeeds()?;
    Ok(format!("{count} offices"))
}

/// It refuses a protocol that it does not know.
fn protocol(program: &Program) -> CaseResult {
    let conversation = TestConversation::new(program)?;
    let unknown = conversation.unknown_protocol();
    let lines = conversation.lines(|message| {
        if message.get("protocol").is_some() {
            message["protocol"] = unknown.into();
        }
    })?;
    let ending = conversation.end(&lines.concat())?;
    // A program that goes on with a protocol that it does not know would misread offices in silence.
    ending.fails().map_err(|why| format!("{why}, though it does not know protocol {unknown}"))
}

/// It notices that its input ended without `end`.
fn given_up(program: &Program) -> CaseResult {
    let conversation = TestConversation::new(program)?;
    let lines = conversation.lines(|_| {})?;
    // Half of the offices, and no end: as an export that was interrupted.
    let ending = conversation.end(&lines[..lines.len() / 2].concat())?;
    ending.fails().map_err(|why| format!("{why}, though its input ended without \"end\""))
}
