"""A stand-in for the finder of mentions: a few countries, titles and sector nouns."""
from detente.model import Mention, Place
C = {"turkey":"TUR","russia":"RUS","syria":"SYR","china":"CHN","japan":"JPN","germany":"DEU","france":"FRA","israel":"ISR","iran":"IRN","iraq":"IRQ","egypt":"EGY","ukraine":"UKR","georgia":"GEO","canada":"CAN","cuba":"CUB","india":"IND","pakistan":"PAK","greece":"GRC","lebanon":"LBN","kenya":"KEN","yemen":"YEM","serbia":"SRB","kosovo":"XKX","poland":"POL","britain":"GBR","spain":"ESP","italy":"ITA","armenia":"ARM","azerbaijan":"AZE","moscow":"RUS","ankara":"TUR","washington":"USA","beijing":"CHN","tokyo":"JPN","tehran":"IRN","kremlin":"RUS","america":"USA","arabia":"SAU","korea":"PRK","states":"USA","us":"USA","u.s.":"USA","uk":"GBR","sudan":"SDN","ethiopia":"ETH","eritrea":"ERI","libya":"LBY","qatar":"QAT","jordan":"JOR","gaza":"PSE","nato":"IGO","eu":"EUR","un":"UNO","union":"EUR","nations":"UNO","mexico":"MEX","brazil":"BRA","venezuela":"VEN","colombia":"COL","afghanistan":"AFG","vietnam":"VNM","thailand":"THA","cambodia":"KHM","myanmar":"MMR","belarus":"BLR","estonia":"EST","hungary":"HUN","norway":"NOR","sweden":"SWE","finland":"FIN","denmark":"DNK","netherlands":"NLD","belgium":"BEL","austria":"AUT","australia":"AUS","indonesia":"IDN","malaysia":"MYS","philippines":"PHL","taiwan":"TWN","nigeria":"NGA","chad":"TCD","mali":"MLI","morocco":"MAR","algeria":"DZA","tunisia":"TUN","somalia":"SOM","uganda":"UGA","rwanda":"RWA","congo":"COD","zimbabwe":"ZWE","putin":"RUS","erdogan":"TUR","merkel":"DEU","assad":"SYR","obama":"USA","paris":"FRA","london":"GBR","berlin":"DEU","damascus":"SYR","baghdad":"IRQ","kiev":"UKR","kyiv":"UKR","doha":"QAT","riyadh":"SAU","bahrain":"BHR","kuwait":"KWT","oman":"OMN","cyprus":"CYP","croatia":"HRV","slovenia":"SVN","bulgaria":"BGR","romania":"ROU","moldova":"MDA","latvia":"LVA","lithuania":"LTU","nepal":"NPL","bangladesh":"BGD","argentina":"ARG","chile":"CHL","peru":"PER","bolivia":"BOL","ecuador":"ECU","switzerland":"CHE","portugal":"PRT","ireland":"IRL","scotland":"GBR","burundi":"BDI","hezbollah":"LBN","hamas":"PSE","taliban":"AFG"}
A = {"turkish":"TUR","russian":"RUS","syrian":"SYR","chinese":"CHN","japanese":"JPN","german":"DEU","french":"FRA","israeli":"ISR","iranian":"IRN","iraqi":"IRQ","egyptian":"EGY","ukrainian":"UKR","georgian":"GEO","canadian":"CAN","cuban":"CUB","indian":"IND","pakistani":"PAK","greek":"GRC","lebanese":"LBN","kenyan":"KEN","yemeni":"YEM","american":"USA","british":"GBR","polish":"POL","saudi":"SAU","palestinian":"PSE","kurdish":"TUR","libyan":"LBY","afghan":"AFG","mexican":"MEX","armenian":"ARM","azerbaijani":"AZE","sudanese":"SDN","korean":"PRK","belarusian":"BLR","estonian":"EST","european":"EUR","cypriot":"CYP","norwegian":"NOR","italian":"ITA","spanish":"ESP","dutch":"NLD","swedish":"SWE","venezuelan":"VEN","colombian":"COL","burmese":"MMR","ethiopian":"ETH","thai":"THA","cambodian":"KHM","vietnamese":"VNM"}
S = {"soldier":"MIL","troop":"MIL","army":"MIL","military":"MIL","navy":"MIL","force":"MIL","government":"GOV","minister":"GOV","president":"GOV","ministry":"GOV","parliament":"LEG","lawmaker":"LEG","police":"COP","officer":"COP","rebel":"REB","insurgent":"REB","militant":"UAF","militia":"UAF","gunman":"UAF","protester":"CVL","demonstrator":"CVL","civilian":"CVL","villager":"CVL","worker":"LAB","student":"EDU","journalist":"JRN","reporter":"JRN","court":"JUD","judge":"JUD","prosecutor":"JUD","diplomat":"GOV","ambassador":"GOV","envoy":"GOV","official":"GOV","authority":"GOV","opposition":"OPP","activist":"CVL","refugee":"REF","peacekeeper":"MIL","separatist":"REB","citizen":"CVL","people":"CVL","resident":"CVL","leader":"GOV","prime":"GOV","jet":"MIL","warplane":"MIL","fighter":"UAF","hacker":"CVL","union":"LAB","company":"BUS","spokesman":"GOV","pilot":"MIL","farmer":"AGR","prisoner":"CVL","general":"MIL","guard":"MIL","tourist":"CVL","embassy":"GOV","crowd":"CVL","terrorist":"UAF","driver":"CVL","consulate":"GOV","fisherman":"CVL","sailor":"MIL","nurse":"CVL","teacher":"EDU","doctor":"CVL","miner":"LAB","inmate":"CVL"}
class Mentions:
    def __init__(self, passage): self.p = passage
    def _m(self, toks, **k):
        return Mention(span=self.p.span(toks), **k)
    def at(self, t):
        l = t.lower_
        np = [t, *[c for c in t.lefts if c.dep_ in ("amod","compound","det","poss","nmod")]]
        if l in C and t.pos_ in ("PROPN","NOUN"): return self._m(np, country=C[l], name=l)
        lem = t.lemma_.lower()
        if lem in S:
            for c in t.lefts:
                m = self.modifier_at(c)
                if m: return self._m(np, country=m.country, sector=S[lem], name=t.text)
            for c in t.children:
                if c.lower_ in ("of",) :
                    for g in c.children:
                        if g.lower_ in C: return self._m([*np,c,g], country=C[g.lower_], sector=S[lem], name=t.text)
            return self._m(np, sector=S[lem], name=t.text)
        if l in A and t.pos_ in ("PROPN","NOUN","ADJ"): return self._m([t], country=A[l])
        if t.lower_.rstrip("s") in A and t.text[0].isupper(): return self._m([t], country=A[t.lower_.rstrip("s")], sector="CVL")
        if t.pos_ == "PROPN" and not t.ent_type_ in ("DATE","TIME"): return self._m(np, name=t.text)
        return None
    def modifier_at(self, t):
        l=t.lower_
        c=C.get(l) or A.get(l)
        if c: return self._m([t], country=c, name=l)
        if t.dep_=="poss": return self.at(t)
        return None
    def place_at(self, t):
        return Place(span=self.p.span([t]), country=C.get(t.lower_), name=t.text) if t.lower_ in C or t.ent_type_=="GPE" else None
def find_mentions(passages, actors, published): return tuple(Mentions(p) for p in passages)
