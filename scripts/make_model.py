#!/usr/bin/env python3
"""Make models/default anew: teachers, their answers on unlabelled text, a student of both that is narrowed, int8.

    HEDGE_TEXTS=FOLDER python scripts/make_model.py --teacher MPNET_FOLDER --student MINILM_FOLDER --pool FILE …

Every step is kept under ``--work``, by hashes of corpus, lessons and settings and by the names of the bases, and a
training also keeps checkpoints, of which it goes on from none of another base: what was interrupted goes on where it
stopped when the same command is given again. Seeds are fixed. When the corpus has grown a little since, ``--taught-on``
takes the teachers that an earlier state of it had, instead of hours for new ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rich.progress import track

from hedge.annotations import AnnotatedDocument, Corpus
from hedge.classifier import Classifier
from hedge.evaluation.behaviour import load_cases, run_cases
from hedge.evaluation.card import model_card
from hedge.inference.encoder import EncoderModel, cores
from hedge.models import save_model
from hedge.training.encoder.checkpoints import hash_of_lessons
from hedge.training.encoder.distil import TEACHER, ask, load_teacher, mixed, one_thread_each, taught
from hedge.training.encoder.examples import Lesson
from hedge.training.encoder.fit import fit_encoder
from hedge.training.encoder.layerwise import LayerwiseStudent
from hedge.training.encoder.narrow import narrowed
from hedge.training.encoder.network import save_pretrained
from hedge.training.encoder.pool import unlabelled_documents
from hedge.training.encoder.settings import EncoderSettings
from hedge.training.encoder.static import StaticEncoder
from hedge.training.encoder.torch_model import in_torch
from hedge.training.run import finish_encoder
from hedge.whole import written_whole
from whole_corpus import corpus_parser, load_whole

STUDENT = EncoderSettings(learning_rate=1e-4, training_windows=(0, 64, 128), keep_best=False)
"""Its last state is kept: of eight looks at so few validation sentences, the best is best by luck."""
STATIC_STUDENT = EncoderSettings(learning_rate=1e-3, epochs=6, batch_tokens=2048)
WIDTH = 1024
"""Neurons of a feed-forward block that the student keeps; MiniLM has 1,536."""
NARROW_STUDENT = replace(STUDENT, learning_rate=3e-4, epochs=2)
"""How it learns, layer by layer, to be what it was before it was narrowed."""
TEACHERS_PART = 0.5
"""How much of what the student learns of a labelled sentence is what its teachers say of it."""
LICENCE = "Apache-2.0"
"""Of the weights."""


def main() -> None:
    """Run the script."""
    parser = corpus_parser(__doc__)
    parser.add_argument("--teacher", type=Path, required=True, help="folder of the base encoder of the teachers")
    parser.add_argument("--student", type=Path, required=True, help="folder of the base encoder of the student")
    parser.add_argument("--pool", type=Path, nargs="+", required=True, help="unlabelled texts: files or folders")
    parser.add_argument(
        "--taught-on", metavar="HASH", help="take the teachers of this corpus: its hash's first 12 digits"
    )
    parser.add_argument("--teachers", type=int, default=3, help="how many, each with a seed of its own")
    parser.add_argument("--work", type=Path, default=Path("build/model"))
    parser.add_argument("--output", type=Path, default=Path("models/default"))
    options = parser.parse_args()
    corpus = load_whole(options.data, options.texts)
    work = options.work / corpus.sha256[:12]
    teaching = options.work / (options.taught_on or work.name) / f"teachers-{short_hash(options.teacher.name, TEACHER)}"
    missing = [number for number in range(options.teachers) if not (teaching / f"teacher-{number}").is_dir()]
    if missing and options.taught_on:
        parser.error(f"{teaching}: no teacher-{missing[0]} here; leave out --taught-on, and teachers are trained")
    teachers = [teacher(corpus, options.teacher, seed, teaching) for seed in range(options.teachers)]
    pool = unlabelled_documents(options.pool, corpus)
    print(f"{len(pool)} unlabelled documents, {sum(len(d.sentences) for d in pool)} sentences", flush=True)
    with one_thread_each():
        lessons = [
            *labelled_lessons(teachers, corpus.split("train").documents, teaching),
            *pool_lessons(teachers, pool, teaching),
        ]
    learnt_from = (options.student.name, hash_of_lessons(lessons))
    if StaticEncoder.is_at(options.student):
        place = work / f"student-{short_hash(*learnt_from, STATIC_STUDENT)}"
        fitted = fit_encoder(corpus, options.student, STATIC_STUDENT, place, lessons=lessons, resume=True)
        student = finish_encoder(*fitted, corpus, options.student, learnt_with(STATIC_STUDENT), options.output.name)
    else:
        place = work / f"student-{short_hash(*learnt_from, STUDENT)}"
        student = narrow_student(corpus, options.student, lessons, place, options.output.name)
    student.manifest.data["teachers"] = f"{len(teachers)} × {options.teacher.name}, corpus {teaching.parent.name}"
    student.manifest.data["unlabelled_sentences"] = sum(len(document.sentences) for document in pool)
    card = model_card(student, corpus, run_cases(student, load_cases()), licence=LICENCE)
    save_model(options.output, student.model, student.manifest, card=card, replace=True)


def teacher(corpus: Corpus, base: Path, seed: int, work: Path) -> EncoderModel:
    """Train a teacher, or take the one that was."""
    folder = work / f"teacher-{seed}"
    if not folder.exists():
        network, _, _ = fit_encoder(corpus, base, TEACHER, work / f"teacher-{seed}-steps", seed=seed, resume=True)
        with written_whole(folder) as aside:
            network.save(aside)
    return load_teacher(folder, base, TEACHER, threads=cores())


def narrow_student(corpus: Corpus, base: Path, lessons: Sequence[Lesson], place: Path, name: str) -> Classifier:
    """Train a student as wide as its base, narrow it, and let what is left learn to be what it was."""
    wide, tokenizer, windows = fit_encoder(corpus, base, STUDENT, place / "wide", lessons=lessons, resume=True)
    narrow_place = place / f"narrow-{short_hash(WIDTH, NARROW_STUDENT)}"
    folder = narrow_place / base.name
    if not folder.exists():
        texts = [document.segmented for document in corpus.split("train").documents[::4]]
        narrow = narrowed(wide, WIDTH, lambda one: list(in_torch(one, tokenizer, windows).answers(texts)))
        with written_whole(folder) as aside:
            save_pretrained(narrow, base, aside)
    student = LayerwiseStudent.of(wide, folder)
    fitted = fit_encoder(
        corpus, folder, NARROW_STUDENT, narrow_place / "steps", lessons=lessons, network=student, resume=True
    )
    narrowing = {"learning_rate": NARROW_STUDENT.learning_rate, "epochs": NARROW_STUDENT.epochs}
    classifier = finish_encoder(*fitted, corpus, folder, learnt_with(STUDENT) | {"narrowing": narrowing}, name)
    classifier.manifest.data["narrowed_to"] = WIDTH
    return classifier


def learnt_with(settings: EncoderSettings) -> dict[str, Any]:
    """Return the settings that students learn with: lessons are not smoothed."""
    return {name: value for name, value in settings.to_dict().items() if name != "label_smoothing"}


def labelled_lessons(
    teachers: Sequence[EncoderModel], documents: Sequence[AnnotatedDocument], folder: Path
) -> list[Lesson]:
    """Mix what teachers say of annotated documents with their labels."""
    return [mixed(d, said(teachers, d, folder, "annotated"), TEACHERS_PART) for d in track(documents, "annotated text")]


def pool_lessons(teachers: Sequence[EncoderModel], pool: Sequence[AnnotatedDocument], folder: Path) -> list[Lesson]:
    """Let the teachers label unlabelled documents."""
    return [taught(d, said(teachers, d, folder, "unlabelled")) for d in track(pool, "unlabelled text")]


def said(
    teachers: Sequence[EncoderModel], document: AnnotatedDocument, folder: Path, kind: str
) -> npt.NDArray[np.float32]:
    """Return the mean of the probabilities that teachers give; each is asked once, and what it says is kept."""
    answers = []
    for number, teacher in enumerate(teachers):
        file = folder / f"said-by-{number}" / kind / f"{short_hash(document.segmented)}.npz"
        if not file.exists():
            with written_whole(file) as aside, aside.open("wb") as stream:
                np.savez(stream, probabilities=ask(teacher, document))
        with np.load(file) as arrays:
            answers.append(arrays["probabilities"])
    return np.asarray(np.mean(answers, axis=0), np.float32)


def short_hash(*what: object) -> str:
    """Return the beginning of a hash of things as they are written by ``repr``."""
    return hashlib.sha256(repr(what).encode()).hexdigest()[:12]


if __name__ == "__main__":
    main()
