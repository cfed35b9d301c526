"""Young people and their guardians: who may hand over what to whom, and for how long. Pure rules.

The life of a guardianship (a row of a young person's chat; one at a time):

    (none) --assent--> waiting --a guardian agrees, or the office records it--> agreed --the young person
    says who it was--> confirmed

    waiting    a link is out. Anybody who opens it in a chat of their own, that is no minor's, is asked to
               declare; how far such a reader is stays in *their* person row, so that several can read at once.
    agreed     the first who agreed, by name. The link is used up: its key is gone. Nothing counts yet.
    confirmed  the young person knew the name. Only now anything of theirs is asked and kept.

    From waiting and agreed: a new link takes the row's place; the young person does not know the name -> the row
    goes, the link ends; a guardian's no, the end of the link's time, or the young person's own no -> everything
    about the young person goes at once. From confirmed: either of the two, or an organiser, ends it: the same.

It promises that until `confirmed` no more is kept of a minor than chat, language, age band, their own "I
understand" and the link's key; that a link that can't be taken says nothing about who made it; and that a guardian
is never shown what a young person answered. It never looks at the clock, draws nothing, stores nothing.
Guardianship is declared, not verified: `docs/guardians.md` says what an office should check itself.
"""
