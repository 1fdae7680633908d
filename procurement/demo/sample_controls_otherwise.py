"""The controls of the sample report and their tests in other words, one for one in the order of `CONTROLS`.

Four vendors do not write alike: each takes some controls from here, so that their reports are not one template.
"""

# What the vendor does, and what the auditor did to test it.
OTHERWISE: tuple[tuple[str, str], ...] = (
    (
        "A code says how people behave here; whoever joins accepts it on day one, others each January.",
        "Drew 30 people from the payroll and looked for their acceptance of the code in force.",
    ),
    (
        "Directors from outside the business watch over security and agree to a chart of duties.",
        "Read what two of their meetings resolved, and held the chart against the people in office.",
    ),
    (
        "Nobody is hired for a post with wide rights before an interview on skills and a look at their past.",
        "For 15 people hired, looked for notes of the interview and the day of the check.",
    ),
    (
        "A lesson on security is part of the first week and returns yearly; a status page tells customers what is new.",
        "Matched 30 names with the list of finished lessons, and read eight notices on the status page.",
    ),
    (
        "Twice a year managers say what could go wrong, how bad it would be and what has changed since.",
        "Sat in on one such meeting and read the notes of the other.",
    ),
    (
        "Somebody who did not build a control tries it out by a plan; what does not hold gets a due date.",
        "Followed nine weak points from the day they were found to their repair.",
    ),
    (
        "Rules for systems and data form one handbook; owners renew each chapter within a year.",
        "Compared the dates of 20 chapters, and asked six people to show us three of them.",
    ),
    (
        "Live systems are reached through one gateway, which asks for a hardware key and records sessions.",
        "Watched two engineers come in with their keys, and tried it with none: the gateway turned us away.",
    ),
    (
        "Whatever is stored is encrypted under keys that a separate service makes and renews by itself.",
        "Read the settings of 20 stores and the log of renewed keys for all of the period.",
    ),
    (
        "When somebody leaves, personnel says so that day; accounts close the next working day.",
        "Took 20 departures from the list of personnel and looked up when the accounts were closed.",
    ),
    (
        "Twice a year the owner of a system confirms each right in it or has it taken away.",
        "Went through one such round with its owners and followed six rights to their removal.",
    ),
    (
        "Networks are closed unless a written rule opens them, and a second person agrees to each rule.",
        "Drew 22 rules, looked for who had agreed to them, and probed four closed ports from outside.",
    ),
    (
        "Browsers, programs and the services inside the system talk to each other by current versions of TLS alone.",
        "Scanned six public addresses and read how four inner services are set up.",
    ),
    (
        "Only programs on a list start on servers; a guard on each laptop blocks harmful ones.",
        "Tried to start an unlisted program on two servers, and looked at the guard on 30 laptops.",
    ),
    (
        "A tool compares software with published flaws daily; grave ones are mended within ten days.",
        "Read the findings of the tool on 15 days and followed 18 grave flaws to the release that mended them.",
    ),
    (
        "Measurements raise an alarm beyond set limits; an engineer answers within 15 minutes.",
        "Compared 35 alarms with the time at which somebody answered them.",
    ),
    (
        "What looks wrong is reported in one place; a lead is named, customers are told, lessons are kept.",
        "Read all that was written about each incident of the period beside the steps that the plan asks for.",
    ),
    (
        "Once a year the system is brought back from nothing, and what slowed that down is mended.",
        "Read the notes of this rehearsal and looked for two improvements that came of it.",
    ),
    (
        "Code goes out once a colleague has read it and checks are green; urgent repairs are read next day.",
        "Drew 45 releases, five of them urgent, and looked for the reader and the checks of each.",
    ),
    (
        "A plan says who does what when an office, a supplier or many people are out of action; losses are insured.",
        "Read the plan and what is insured, and asked three people of the plan for their part in it.",
    ),
    (
        "Suppliers are sorted by the harm they could do; those of the first class show their own audit every year.",
        "Took seven suppliers of the first class and read what they had shown.",
    ),
    (
        "The load to come is forecast every month; when it nears a limit, more machines are ordered.",
        "Followed the forecasts of five months and the three orders that came of them.",
    ),
    (
        "Changes to data are copied to another site within minutes, and one full copy is kept for every day.",
        "Looked for the full copy of 30 days, and at what became of two alarms about a slow copy.",
    ),
    (
        "Once a quarter a full copy is brought up in an empty place and its records are counted.",
        "Read the counts of three quarters and watched the fourth.",
    ),
    (
        "Each store is tagged with the class of what it holds; a request carries the one customer it may act for.",
        "Looked at the tags of 18 stores, and sent a request for another customer’s record, which got nothing.",
    ),
    (
        "Data of former customers are erased on the days their contracts name, by a job that lists what went.",
        "Compared ten lists of the job with the contracts that had ended.",
    ),
    (
        "All logs flow into a place where nobody can alter them; a weekly sheet sums them up.",
        "Compared six weekly sheets with the logs beneath them.",
    ),
    (
        "Ways to cheat, from within and from without, are played through once a year, and gaps are closed.",
        "Read what was played through and how four gaps were closed.",
    ),
    (
        "Equipment that is no longer used loses its keys first; a firm then destroys it and certifies that it did.",
        "Matched 16 certificates with the list of equipment that went out of use.",
    ),
)
