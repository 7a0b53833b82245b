//! Programs made at random: each is well-typed, and its agents are called as often as it says.

use prism_generate::{Choices, asking};

use crate::program::program;
use crate::sound;

#[test]
fn generated_programs_load_and_call_each_agent_once() {
    for seed in 0..400 {
        let made = asking(&mut Choices::from_seed(seed));
        let program = program(&made.text);
        assert_eq!(sound::check(&program), made.calls, "{}", made.text);
        let json = serde_json::to_string(program.document()).unwrap();
        let read = prism_ir::Program::from_json(&json).unwrap();
        assert_eq!(read.document(), program.document(), "{}", made.text);
    }
}
