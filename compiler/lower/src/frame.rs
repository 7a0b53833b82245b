use prism_check::LocalId;
use prism_ir::{Capture, Slot};
use rustc_hash::FxHashMap;

/// Something that a slot can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Variable {
    /// The pattern's input.
    Input,
    /// A variable or parameter.
    Local(LocalId),
}

/// A frame that is being laid out.
#[derive(Debug, Default)]
pub(crate) struct FrameLayout {
    /// The number of slots so far.
    pub(crate) slots: u32,
    /// What it takes along from the frame around it.
    pub(crate) captures: Vec<Capture>,
    known: FxHashMap<Variable, Slot>,
}

impl FrameLayout {
    /// A slot that nothing else uses.
    pub(crate) fn fresh(&mut self) -> Slot {
        let slot = self.slots;
        self.slots += 1;
        slot
    }
}

/// The frames around a place, the innermost last.
#[derive(Debug, Default)]
pub(crate) struct Frames {
    frames: Vec<FrameLayout>,
}

impl Frames {
    pub(crate) fn enter(&mut self) {
        self.frames.push(FrameLayout::default());
    }

    pub(crate) fn leave(&mut self) -> FrameLayout {
        self.frames.pop().unwrap_or_default()
    }

    /// The number of slots of the innermost frame.
    pub(crate) fn size(&self) -> u32 {
        self.frames.last().map_or(0, |frame| frame.slots)
    }

    /// A slot of the innermost frame that nothing else uses.
    pub(crate) fn fresh(&mut self) -> Slot {
        self.frames.last_mut().map_or(0, FrameLayout::fresh)
    }

    /// A slot of the innermost frame for a variable.
    pub(crate) fn declare(&mut self, variable: Variable) -> Slot {
        let slot = self.fresh();
        if let Some(frame) = self.frames.last_mut() {
            frame.known.insert(variable, slot);
        }
        slot
    }

    /// The slot of the innermost frame that holds a variable: frames between the variable's own and this one take
    /// it along.
    pub(crate) fn find(&mut self, variable: Variable) -> Option<Slot> {
        let owner = self.frames.iter().rposition(|frame| frame.known.contains_key(&variable))?;
        let mut slot = self.frames.get(owner).and_then(|frame| frame.known.get(&variable)).copied()?;
        for frame in self.frames.iter_mut().skip(owner + 1) {
            let own = frame.fresh();
            frame.captures.push(Capture { from: slot, to: own });
            frame.known.insert(variable, own);
            slot = own;
        }
        Some(slot)
    }
}
