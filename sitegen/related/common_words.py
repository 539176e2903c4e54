"""Words that tell no paper from another: the joints of English, and what any abstract may say of its own work."""

from __future__ import annotations

# Neither a term nor part of one: no pair of words reaches across these.
JOINTS = frozenset(
    """
    a about above across after again against all almost along already also although always am among an and another any
    are around as at away be became because become becomes been before being below between beyond both but by can cannot
    com could did do does doing done due during each either else enough etc even ever every few for from further
    furthermore had has have having he hence her here his how however http https i if in indeed instead into is it its
    itself just least less let like many may me might more moreover most much must my namely near neither never
    nevertheless no none nor not now of off often on once only onto or other others otherwise our ours out over own per
    perhaps quite rather same she should since so some still such than that the their them themselves then there thereby
    therefore these they this those though through throughout thus to together too toward towards under until up upon us
    very via vs was we well were what when where whereas whether which while who whom whose why will with within without
    would www yet you your
    """.split()
)

# No term alone, but half of one beside a word that says more: "language model", "training set".
GENERAL = frozenset(
    """
    ability able accessible accurate achieve act add addition additional additionally address adopt advance advancement
    advancing advantage affect aim allow alternative amount analyse analysis appear application apply approach
    appropriate area argue aspect assess assume assumption attempt author auto available average avoid aware base
    baseline basic begin behind believe beneficial benefit best better big billion bring broad build built call
    capability capable capture carry case cause central certain challenge change characteristic choice choose clear
    clearly close co code collect collection combination combine come common commonly community comparable compare
    comparison competitive complete completely complex component comprehensive conclude conclusion condition conduct
    consequence consider consist consistent consistently constitute construct contain contrast contribute contribution
    conventional correctness corresponding counterpart cover create critical cross crucial current currently data
    dataset deal decade define degree deliver demand demonstrate depend dependent derive describe design despite detail
    determine develop development differ difference different difficult difficulty directly discover discrepancy discuss
    distinct diverse dramatically drawback drive early easier easily easy effect effective effectively effectiveness
    efficacy efficient efficiently effort eight emerge emphasis emphasize employ enable encourage end enhance
    enhancement ensure entire equally equip especially essential establish evaluate evaluation evidence exhibit exist
    existence expect experiment experimental explain exploit exploration explore extend extensive extent face facilitate
    fact factor fail failure fall far favorable final finally find finding first five fix flexible focus follow form
    formulate foster found foundation foundational four frame framework free frequently full fully fundamental
    fundamentally future gain gap gather general generalist generally generate generic get give given go goal good great
    greater greatly grow guidance guide hand handle hard heavily help helpful high higher highlight highly hold huge
    hundred idea ideal identify impact implement implementation implication importance important importantly impressive
    improve improvement include incorporate increase increasingly independent indicate individual inferior inform
    inherent initial innovation innovative insight inspire instance integrate integration intend inter interest
    interpret introduce introduction investigate involve issue keep key kind know known lack landscape large largely
    larger largest last latest latter lead learn learned leave led lesser leverage lie light likely limit limitation
    line little long look low lower made main mainly maintain major make manner match maximum mean meaning meaningful
    means measure mechanism meet mention mere merely meta method methodology million minimal mode model modern modify
    mostly motivate multi multiple naive naturally nature necessarily necessary need new newly next nine non normal
    notable notably note novel number numerous observation observe obstacle obtain occur offer one open operate
    opportunity optimal order original outcome outline outperform output overall overcome overview paper paradigm part
    particular particularly past pave people perform performance phenomena phenomenon pipeline place play point popular
    pose possible post potential potentially powerful practical practice pre precise precisely present preserve prevent
    previous previously primarily primary principle prior problem procedure process produce progress project prominent
    promise promising promote prone properly property proposal propose prove provide public publicly purpose pursue put
    quality quantitative quickly raise range rapid rapidly reach real realistic reality realize receive recent recently
    recognize reduce refer refine reflect regard related relative relatively release relevant reliable rely remain
    remarkable report represent require requirement research researcher respectively rest result rethinking reveal
    review rich rise robust role run scenario scheme seamless seamlessly second section see seek seen select self semi
    sense separate serve set setting seven several severe shape share shed shift short show shown side significant
    significantly similar similarly simple simply simultaneous simultaneously single situation six size small smaller
    sole solely solution solve sophisticated span special specific specifically stage standard start state step
    straightforward strategy strength strong study sub subject subsequent subset substantial substantially success
    successful successfully suffer sufficient suggest suitable superior support sure surpass system systematic
    systematically tackle tailor take target task technical technique ten tend term theoretical thing think thorough
    thousand three time today top total traditional treat trend true try turn two type typical typically ultimately
    undergo underlie underlying understand understanding unified unique universal unlike unprecedented unseen urgent
    usage use used useful using usually utilise utilize valuable variety various vary version viable view vital want way
    weak wide widely widespread witness work worse worth write year yield zero
    """.split()
)
