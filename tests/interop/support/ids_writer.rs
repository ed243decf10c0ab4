//! A writer for Windows: the ids, one per line. Under the name `stray` it leaves a process behind. Given a file, it keeps
//! that open as a spreadsheet program does: others may read it.

use std::io::{BufRead, Write};
use std::os::windows::fs::OpenOptionsExt;

fn main() {
    if let Some(argument) = std::env::args().nth(1) {
        let open = std::fs::File::options().read(true).write(true).share_mode(1).open(argument);
        if open.is_ok() {
            println!("open");
        }
        return std::thread::sleep(std::time::Duration::from_secs(600));
    }
    let own = std::env::current_exe().unwrap();
    if own.ends_with("officedir-writer-stray.exe") {
        std::process::Command::new(own).arg("stays-behind").spawn().unwrap();
    }
    let temporary = std::env::var("TEMP").is_ok_and(|it| std::path::Path::new(&it).is_dir());
    assert!(temporary, "there is no folder for temporary files");
    let mut out = std::io::stdout();
    writeln!(out, r#"{{"hello":{{"protocols":[1],"file":"ids.txt"}}}}"#).unwrap();
    let mut offices = 0;
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        if line.starts_with(r#"{"office":"#) {
            let id = line.split(r#""id":""#).nth(1).and_then(|it| it.split('"').next()).unwrap();
            writeln!(out, r#"{{"chunk":{{"text":"{id}\n"}}}}"#).unwrap();
            offices += 1;
        } else if line.starts_with(r#"{"end":"#) {
            writeln!(out, r#"{{"done":{{"offices":{offices}}}}}"#).unwrap();
            return;
        }
    }
    std::process::exit(1);
}
