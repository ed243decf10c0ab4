//! Layouts a second on one core, over the shapes of addresses that an organisation's offices have.
#![allow(missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use officedir::model::Office;
use officedir::postal::{LayoutOptions, layout};

#[derive(serde::Deserialize)]
struct Directory<'a> {
    #[serde(borrow)]
    offices: Vec<Office<'a>>,
}

fn layouts(criterion: &mut Criterion) {
    let json = include_str!("../directory.json");
    let Ok(directory) = serde_json::from_str::<Directory<'_>>(json) else {
        return;
    };
    let options = LayoutOptions {
        organization: Some("ICLEI Regional Secretariat"),
        from: Some("DE"),
        ..LayoutOptions::default()
    };
    let addresses = directory.offices.iter().flat_map(|office| &office.addresses);
    let mut group = criterion.benchmark_group("postal");
    group.throughput(Throughput::Elements(addresses.clone().count() as u64));
    group.bench_function("layout", |bencher| {
        bencher.iter(|| {
            for address in addresses.clone() {
                black_box(layout(black_box(address), &options));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, layouts);
criterion_main!(benches);
