//! The front end on a generated megabyte: `cargo bench -p prism-bench --bench front_end`.
#![allow(missing_docs)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use prism_bench::generate;
use prism_compiler::Session;
use prism_syntax::{lex, parse, parse_tokens};

const BYTES: usize = 1 << 20;

fn front_end(criterion: &mut Criterion) {
    let text: Arc<str> = generate::program(BYTES, 1).into();
    let tokens = lex(&text);
    let broken: Arc<str> = format!("{text}\nlet x = )\n").into();

    let mut group = criterion.benchmark_group("front_end");
    group
        .throughput(Throughput::Bytes(text.len() as u64))
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(4));
    group.bench_function("lex", |bencher| bencher.iter(|| lex(black_box(&text))));
    group.bench_function("tokens_to_tree", |bencher| {
        bencher.iter(|| parse_tokens(black_box(&tokens), black_box(&text)));
    });
    group.bench_function("text_to_tree", |bencher| bencher.iter(|| parse(black_box(&text))));
    group.bench_function("text_to_tree_with_a_mistake", |bencher| {
        bencher.iter(|| parse(black_box(&broken)));
    });
    group.bench_function("check", |bencher| {
        bencher.iter(|| {
            let mut session = Session::in_memory();
            session.set_text("generated.prism", Arc::clone(&text));
            session.check("generated.prism")
        });
    });
    group.finish();
}

criterion_group!(benches, front_end);
criterion_main!(benches);
