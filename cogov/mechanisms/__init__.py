"""Mechanisms: named, parametrised changes to the rules; one file a family, a registry by name."""

from cogov.mechanisms.advisers import ProfessionalAdvisers
from cogov.mechanisms.alliances import BlockAlliance, BusinessCircleCentre
from cogov.mechanisms.base import Mechanism, registry
from cogov.mechanisms.base_line import Hotline, LineDepartments, NeighbourhoodCommittee, PropertyService
from cogov.mechanisms.branch import BuildingPartyGroups, GeneralBranch, Troika
from cogov.mechanisms.branches import BranchLife, PartyServiceStations, QualityEvaluation
from cogov.mechanisms.campaigns import HundredDayCampaign
from cogov.mechanisms.campus import CampusParkStreet
from cogov.mechanisms.care import HealthGuard, SpecialCare
from cogov.mechanisms.children import AfterSchoolCare, ChildServices
from cogov.mechanisms.controls import ExtraStaff
from cogov.mechanisms.councils import ThreeMeetings, ThreePlusXCommittee, ZeroDistanceCouncil
from cogov.mechanisms.data import SmallestUnit, VitalSigns
from cogov.mechanisms.digital import CityEye, SmartServices
from cogov.mechanisms.doorsteps import Festivals, HomeVisits, NeighbourWatch, OnlineCommunity
from cogov.mechanisms.exchange import CivilisedTitle, TwoWayService, UnitAppraisal
from cogov.mechanisms.gardens import CommunityGarden
from cogov.mechanisms.gatherings import GreatNeighbourliness, NeighbourlyGate
from cogov.mechanisms.health import HealthNetwork
from cogov.mechanisms.homes import HomeRenewal, LiftProgramme
from cogov.mechanisms.learning import DemonstrationMeeting, MutualLearning
from cogov.mechanisms.liaison import LiaisonOfficers, PartyVisits, ServiceMenu
from cogov.mechanisms.lines import FrontLineMethod, JointDuty, SunkTeams
from cogov.mechanisms.neighbourliness import CommunityFoundation, MicroVentures, Recognition
from cogov.mechanisms.owners import OwnersCommittees
from cogov.mechanisms.party import ReportIn, VanguardReserve
from cogov.mechanisms.platforms import CommunityCongress, CoordinationMeetings, SpecialCommittees
from cogov.mechanisms.powers import GreatLinkage, SingleGrid
from cogov.mechanisms.property import RedBlackList, RedPropertyAlliance
from cogov.mechanisms.recruits import SecretaryPipeline
from cogov.mechanisms.regional import RegionalPartyBuilding
from cogov.mechanisms.relief import BurdenRelief, UpwardExtension
from cogov.mechanisms.resources import OpenFacilities, SectorAlliance, TrainingBases
from cogov.mechanisms.secretaries import SecretaryStudio
from cogov.mechanisms.services import AgeingInPlace, NpoIncubation
from cogov.mechanisms.structure import GridLinkage, ThreeLevelPlatform
from cogov.mechanisms.units import JointBuilding, ResponsibilityDay, UnitPartyBuilding
from cogov.mechanisms.voice import DeputyChannels, ResidentsCompact, SuggestionStation

OWN: tuple[type[Mechanism], ...] = (
    NeighbourhoodCommittee,
    PropertyService,
    Hotline,
    LineDepartments,
    UnitPartyBuilding,
    GridLinkage,
    ThreeLevelPlatform,
    RegionalPartyBuilding,
    BusinessCircleCentre,
    BlockAlliance,
    CampusParkStreet,
    CommunityCongress,
    CoordinationMeetings,
    SpecialCommittees,
    GreatLinkage,
    SunkTeams,
    SingleGrid,
    FrontLineMethod,
    UpwardExtension,
    JointDuty,
    BurdenRelief,
    ZeroDistanceCouncil,
    ThreeMeetings,
    ThreePlusXCommittee,
    GeneralBranch,
    Troika,
    OwnersCommittees,
    ResidentsCompact,
    DeputyChannels,
    SuggestionStation,
    RedPropertyAlliance,
    RedBlackList,
    LiftProgramme,
    HomeRenewal,
    ReportIn,
    BuildingPartyGroups,
    VanguardReserve,
    PartyServiceStations,
    BranchLife,
    QualityEvaluation,
    SecretaryStudio,
    MutualLearning,
    DemonstrationMeeting,
    SecretaryPipeline,
    ProfessionalAdvisers,
    MicroVentures,
    GreatNeighbourliness,
    CommunityFoundation,
    CommunityGarden,
    NeighbourlyGate,
    Recognition,
    HomeVisits,
    OnlineCommunity,
    Festivals,
    NeighbourWatch,
    JointBuilding,
    ResponsibilityDay,
    TwoWayService,
    UnitAppraisal,
    CivilisedTitle,
    LiaisonOfficers,
    PartyVisits,
    ServiceMenu,
    SectorAlliance,
    OpenFacilities,
    TrainingBases,
    AgeingInPlace,
    AfterSchoolCare,
    NpoIncubation,
    ChildServices,
    HundredDayCampaign,
    HealthGuard,
    SpecialCare,
    HealthNetwork,
    ExtraStaff,
    CityEye,
    SmartServices,
    SmallestUnit,
    VitalSigns,
)

__all__ = ["OWN", "Mechanism", "registry", *(mechanism.__name__ for mechanism in OWN)]
